namespace SoftBoN.Kernels.Hosting;

/// <summary>Work that is done for many requests at once as it is for each alone.</summary>
internal interface IBatchOperation<TInput, TResult>
{
    /// <summary>What the operation is called in metrics.</summary>
    string Name { get; }

    /// <summary>The rows of a request.</summary>
    int RowsOf(TInput input);

    /// <summary>Results in the order of the inputs.</summary>
    TResult[] Run(IReadOnlyList<TInput> inputs);
}

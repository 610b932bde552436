namespace SoftBoN.Kernels.Ops;

/// <content>How kernels read lambdas.</content>
internal partial struct KernelLambda
{
    /// <summary>What a row asks for.</summary>
    public readonly RowLambda Of(in KernelRow row) =>
        RowLambda.Of((LambdaKind)Kind, IsPerRow != 0 && row.Exists ? Values[row.Number] : Scalar);

    /// <summary>What is to be said of a row's lambda, if it is valid and the row has a result.</summary>
    public readonly RowStatus NoteOf(in KernelRow row) =>
        HasNotes != 0 && row.Exists ? (RowStatus)Notes[row.Number] : RowStatus.Ok;
}

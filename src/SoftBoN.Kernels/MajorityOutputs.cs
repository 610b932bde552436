namespace SoftBoN.Kernels;

/// <summary>The caller's memory for the results of a weighted majority, one per row; an empty one is not computed.</summary>
public readonly ref struct MajorityOutputs
{
    /// <summary>The answer with the largest sum of weights, the one seen first among equals; -1 where there is none.</summary>
    public Span<int> Answer { get; init; }

    /// <summary>The first candidate that gave the answer; -1 where there is none.</summary>
    public Span<int> Index { get; init; }

    /// <summary>The sum of the soft weights of the candidates that gave the answer, 0 to 1.</summary>
    public Span<float> Share { get; init; }

    /// <summary>The lambda that was used, given or found.</summary>
    public Span<float> Lambda { get; init; }

    /// <summary>What became of the row.</summary>
    public Span<RowStatus> Status { get; init; }
}

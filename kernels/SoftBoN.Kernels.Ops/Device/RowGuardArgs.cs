using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of the look at rows: as they were given, and where those go that lie where they may.</summary>
internal struct RowGuardArgs
{
    public GivenRows Listed;
    public CheckedRows Checked;

    /// <summary>The number of rows.</summary>
    public long Count;
}

/// <summary>Rows as they were given.</summary>
internal struct GivenRows
{
    /// <summary>Not 0: rows + 1 starts, each the end of the row before.</summary>
    public int IsRagged;

    /// <summary>The longest row that was announced.</summary>
    public int Longest;

    /// <summary>The number of rewards.</summary>
    public long Memory;

    /// <summary>The number of candidates that were announced.</summary>
    public long Candidates;
    public ArrayView<long> Starts;
    public ArrayView<int> Lengths;
    public ArrayView<long> PackedStarts;
}

/// <summary>Rows that lie where they may.</summary>
internal struct CheckedRows
{
    public ArrayView<long> Starts;
    public ArrayView<int> Lengths;
    public ArrayView<long> PackedStarts;
}

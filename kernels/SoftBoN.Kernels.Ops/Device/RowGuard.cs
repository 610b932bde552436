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

/// <summary>
/// Looks at rows whose places are in device memory, where the host cannot: one that is out of range counts as empty.
/// </summary>
internal static class RowGuard
{
    /// <summary>The kernel.</summary>
    public static void Run(RowGuardArgs args)
    {
        for (long row = Grid.GlobalLinearIndex; row < args.Count; row += (long)Grid.DimX * Group.DimX)
        {
            Check(row, in args.Listed, in args.Checked);
        }
    }

    private static void Check(long index, in GivenRows listed, in CheckedRows rows)
    {
        long start = listed.Starts[index];
        bool isRagged = listed.IsRagged != 0;
        long length = isRagged ? listed.Starts[index + 1] - start : listed.Lengths[index];
        long packed = isRagged ? start - listed.Starts[0] : listed.PackedStarts[index];
        (long Start, int Length, long Packed) row =
            ListedRow.Within(start, length, packed, listed.Memory, listed.Longest, listed.Candidates);
        rows.Starts[index] = row.Start;
        rows.Lengths[index] = row.Length;
        rows.PackedStarts[index] = row.Packed;
    }
}

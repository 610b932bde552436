using ILGPU;

namespace SoftBoN.Kernels.Ops;

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

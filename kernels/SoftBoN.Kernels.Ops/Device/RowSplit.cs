namespace SoftBoN.Kernels.Ops;

/// <summary>When several teams share a row. No result depends on it.</summary>
/// <param name="Shortest">The shortest longest row of a batch whose rows are shared.</param>
/// <param name="Teams">The teams that rows are shared out to; with half as many rows or more nothing is shared.</param>
/// <param name="Segments">The segments that a team goes through at a time, which is the least it gets.</param>
internal readonly record struct RowSplit(int Shortest, int Teams, int Segments)
{
    /// <summary>
    /// A shared row takes two to five launches more, which is some 10 microseconds; a group goes through 8192 candidates in
    /// about 1 microsecond and does so three times. Below this a group that is alone with its row is as fast.
    /// </summary>
    private const int WorthLaunches = 1 << 16;

    /// <summary>
    /// Two teams for each multiprocessor: while one waits for memory the other computes, and rows that do not come out
    /// even leave less of the device idle.
    /// </summary>
    private const int TeamsPerMultiprocessor = 2;

    /// <summary>What is right for a device.</summary>
    /// <param name="multiprocessors">Its multiprocessors.</param>
    /// <param name="warps">The warps of a group.</param>
    public static RowSplit For(int multiprocessors, int warps) =>
        new(WorthLaunches, TeamsPerMultiprocessor * multiprocessors, warps);

    /// <summary>The teams that share each row, as a power of two.</summary>
    /// <param name="rows">At most as many rows as there are.</param>
    /// <param name="longest">The longest row.</param>
    public int PartBits(long rows, int longest)
    {
        int bits = 0;
        int turns = longest / Numerics.CanonicalSum.SegmentLength / Math.Max(1, Segments);
        while (longest >= Shortest && rows << (bits + 1) <= Teams && turns >> (bits + 1) > 0)
        {
            bits++;
        }

        return bits;
    }
}

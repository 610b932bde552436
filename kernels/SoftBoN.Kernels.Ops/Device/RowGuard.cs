using ILGPU;
using ILGPU.Runtime;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Looks at rows whose places are in device memory, where the host cannot: one that is out of range counts as empty.
/// Not
/// thread-safe.
/// </summary>
internal sealed class RowGuard
{
    private readonly Action<AcceleratorStream, Index1D, Listed, Checked> kernel;

    public RowGuard(Accelerator accelerator) =>
        kernel = accelerator.LoadAutoGroupedKernel<Index1D, Listed, Checked>(Check);

    /// <summary>Queues the check of all rows.</summary>
    public void Queue(AcceleratorStream stream, in Listed listed, in Checked rows)
    {
        if (rows.Lengths.Length > 0)
        {
            kernel(stream, (Index1D)(int)rows.Lengths.Length, listed, rows);
        }
    }

    private static void Check(Index1D index, Listed listed, Checked rows)
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

    /// <summary>Rows as they were given.</summary>
    internal struct Listed
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
    internal struct Checked
    {
        public ArrayView<long> Starts;
        public ArrayView<int> Lengths;
        public ArrayView<long> PackedStarts;
    }
}

using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of the kernels that bring rows of similar length together.</summary>
internal struct RowOrderArgs
{
    public KernelRows Rows;

    /// <summary>The number of rows in each bin; all 0 before.</summary>
    public ArrayView<int> Counts;

    /// <summary>How much of each bin is taken; all 0 before.</summary>
    public ArrayView<int> Taken;
}

/// <summary>
/// Rows in the order of bins of their lengths, so that rows that wait for each other are of similar length and every kind
/// of team finds its rows side by side. The order within a bin depends on the moment; no result depends on it.
/// </summary>
internal static partial class RowOrder
{
    public const int Bins = 7;

    /// <summary>The first bin whose rows are longer than a segment.</summary>
    public const int LongBin = 6;

    /// <summary>The bin of a length: up to 32, 64, 128, 256, 512, 1024, and more.</summary>
    public static int BinOf(int length)
    {
        int bin = length > 32 ? 1 : 0;
        bin += length > 64 ? 1 : 0;
        bin += length > 128 ? 1 : 0;
        bin += length > 256 ? 1 : 0;
        bin += length > 512 ? 1 : 0;
        return bin + (length > 1024 ? 1 : 0);
    }
}

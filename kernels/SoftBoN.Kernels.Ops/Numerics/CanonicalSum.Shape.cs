namespace SoftBoN.Kernels.Ops.Numerics;

/// <content>The numbers of the order.</content>
internal partial struct CanonicalSum
{
    public const int Lanes = 128;
    public const int GroupSize = 4;
    public const int Groups = Lanes / GroupSize;
    public const int SegmentLength = 1024;

    /// <summary>The number of segments of a row.</summary>
    public static int SegmentsOf(int length) => (length + SegmentLength - 1) / SegmentLength;
}

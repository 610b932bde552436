using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>The folded columns of one segment: at most eight, of four vectors each.</summary>
[InlineArray(Capacity)]
internal struct SegmentFolds
{
    private const int Capacity = 8;

    private Vector<float> first;

    /// <summary>The segment's sum: folds are combined at the long distances, and the last one within itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Combine()
    {
        if (Vector<float>.Count == 4)
        {
            this[0] += this[4];
            this[1] += this[5];
            this[2] += this[6];
            this[3] += this[7];
        }

        if (Vector<float>.Count <= 8)
        {
            this[0] += this[2];
            this[1] += this[3];
        }

        return LaneFold.Within(this[0] + this[1]);
    }
}

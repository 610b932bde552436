using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>The combination of a segment's folded columns, of which there are 128 lanes / (4 vectors): 8, 4 or 2.</summary>
internal static unsafe class SegmentFolds
{
    /// <summary>Room for the folds of a segment at any vector width.</summary>
    public const int Capacity = 8;

    /// <summary>The segment's sum: folds are combined at the long distances, and the last one within itself.</summary>
    /// <param name="folds">The first of them.</param>
    /// <param name="count">How many columns have elements; the others count +0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Combine(Vector<float>* folds, int count)
    {
        for (int distance = CanonicalSum.Lanes / LaneFold.LanesPerFold / 2; distance > 0; distance /= 2)
        {
            for (int i = distance; i < count && i < 2 * distance; i++)
            {
                folds[i - distance] += folds[i];
            }
        }

        return LaneFold.Within(folds[0]);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The canonical sum of each of a few slots. The weights are masked by each slot, three operations a vector, with no table
/// whose stores would have to wait for each other. Four slots go together: the step that adds up groups of four lanes then
/// leaves their sums side by side, and all later steps are made for the four at once.
/// </summary>
internal static unsafe class VoteSums
{
    /// <summary>The most slots that are counted so; with more, grouping is faster.</summary>
    public const int MostSlots = 16;

    private const int Together = 4;

    /// <summary>Lanes of the largest vector, and vectors in a segment's lanes at the smallest width.</summary>
    private const int MostWidth = 16;
    private const int MostVectors = CanonicalSum.Lanes / 4;

    /// <summary>An answer that is as large as the largest, or more than <see cref="MostSlots"/> where that is.</summary>
    [MethodImpl(HotLoop)]
    public static int Largest(int* answers, int length)
    {
        int width = Vector<int>.Count;
        int largest = -1;
        int i = 0;
        Vector<int> most = Vector.Create(-1);
        for (; i <= length - width; i += width)
        {
            most = Vector.Max(most, Vector.Load(answers + i));
        }

        for (; i < length; i++)
        {
            largest = Math.Max(largest, answers[i]);
        }

        // Small integers are exact as floats, and large ones stay large.
        return Math.Max(largest, (int)LaneOps.MaxLane(Vector.ConvertToSingle(most)));
    }

    /// <summary>The sums of slots 0 to count - 1; candidates with another slot count for nobody.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="slots">The candidates' slots.</param>
    /// <param name="length">The number of candidates.</param>
    /// <param name="count">The number of slots.</param>
    /// <param name="sums">Room for <see cref="MostSlots"/>; 0 for slots beyond the count.</param>
    /// <param name="memory">Has the sums of long rows' segments.</param>
    public static void Make(float* weights, int* slots, int length, int count, float* sums, VoteSlots memory)
    {
        if (length <= CanonicalSum.SegmentLength)
        {
            OfSegment(weights, slots, length, count, sums);
            return;
        }

        Span<SegmentSums> totals = memory.Totals(count);
        for (int start = 0; start < length; start += CanonicalSum.SegmentLength)
        {
            OfSegment(
                weights + start, slots + start, Math.Min(CanonicalSum.SegmentLength, length - start), count, sums);
            for (int slot = 0; slot < count; slot++)
            {
                totals[slot].Add(sums[slot]);
            }
        }

        for (int slot = 0; slot < count; slot++)
        {
            sums[slot] = totals[slot].Total();
        }
    }

    /// <summary>The first of the largest sums, and whether there is another.</summary>
    [MethodImpl(HotLoop)]
    public static int LargestOf(float* sums, out bool isTied)
    {
        Vector<float> most = Vector.Load(sums);
        for (int i = Vector<float>.Count; i < MostSlots; i += Vector<float>.Count)
        {
            most = Vector.MaxNative(most, Vector.Load(sums + i));
        }

        Vector<float> largest = Vector.Create(LaneOps.MaxLane(most));
        ulong places = 0;
        for (int i = 0; i < MostSlots; i += Vector<float>.Count)
        {
            places |= LaneOps.TopBits(Vector.Equals(Vector.Load(sums + i), largest)) << i;
        }

        isTied = (places & (places - 1)) != 0;
        return BitOperations.TrailingZeroCount(places);
    }

    [MethodImpl(HotLoop)]
    private static void OfSegment(float* weights, int* slots, int length, int count, float* sums)
    {
        int width = Vector<float>.Count;
        int whole = length - (length % width);
        float* lastWeights = stackalloc float[MostWidth];
        int* lastSlots = stackalloc int[MostWidth];
        if (whole < length)
        {
            Vector<float>.Zero.Store(lastWeights);
            new ReadOnlySpan<float>(weights + whole, length - whole).CopyTo(new Span<float>(lastWeights, width));
            new ReadOnlySpan<int>(slots + whole, length - whole).CopyTo(new Span<int>(lastSlots, width));
        }

        Vector<float>* groups = stackalloc Vector<float>[MostVectors];
        for (int slot = 0; slot < MostSlots; slot += Together)
        {
            Vector<int> own0 = Vector.Create(slot);
            Vector<int> own1 = Vector.Create(slot + 1);
            Vector<int> own2 = Vector.Create(slot + 2);
            Vector<int> own3 = Vector.Create(slot + 3);
            int vectors = 0;
            for (int lane = 0; lane < CanonicalSum.Lanes && lane < length && slot < count; lane += width)
            {
                Vector<float> s0 = Vector<float>.Zero;
                Vector<float> s1 = s0;
                Vector<float> s2 = s0;
                Vector<float> s3 = s0;
                for (int i = lane; i < length; i += CanonicalSum.Lanes)
                {
                    Vector<float> w = Vector.Load(i < whole ? weights + i : lastWeights);
                    Vector<int> v = Vector.Load(i < whole ? slots + i : lastSlots);
                    s0 += Vector.BitwiseAnd(w, Vector.Equals(v, own0).As<int, float>());
                    s1 += Vector.BitwiseAnd(w, Vector.Equals(v, own1).As<int, float>());
                    s2 += Vector.BitwiseAnd(w, Vector.Equals(v, own2).As<int, float>());
                    s3 += Vector.BitwiseAnd(w, Vector.Equals(v, own3).As<int, float>());
                }

                groups[vectors++] = LaneFold.Groups(s0, s1, s2, s3);
            }

            Combine(groups, vectors).Store(sums + slot);
        }
    }

    /// <summary>Four sums of groups, which lie side by side in each 128 bits, at the canonical distances.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Combine(Vector<float>* groups, int count)
    {
        if (count == 0)
        {
            return Vector128<float>.Zero;
        }

        for (int distance = CanonicalSum.Lanes / Vector<float>.Count / 2; distance > 0; distance /= 2)
        {
            for (int i = distance; i < count && i < 2 * distance; i++)
            {
                groups[i - distance] += groups[i];
            }
        }

        return LaneFold.AcrossParts(groups[0]);
    }
}

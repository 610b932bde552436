using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The pick of a row whose x was made, offsets included, without most of the noise, as of <see cref="PlainRows"/>. x may
/// have any size here, so what a candidate certainly reaches is x plus the lower bound, rounded as its key is.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>In shorter rows the survivors' noise takes as long as everybody's.</summary>
    private const int ShortestPrunedKeys = 128;

    /// <summary>Where more survive, all keys are made.</summary>
    private const int MostSurvivors = 64;

    /// <summary>Finds the pick among the candidates that can win.</summary>
    /// <param name="place">Has the row's x and words; its keys are written over.</param>
    /// <param name="padded">The row's length in whole folds.</param>
    /// <param name="elements">The candidates' elements, or null.</param>
    /// <param name="second">Whether the second largest key is wanted too.</param>
    /// <param name="pick">The pick.</param>
    /// <returns>False where too many survive, or too few.</returns>
    private static bool TryPickPruned(RowScratch place, int padded, uint* elements, bool second, ref Candidate pick)
    {
        float* noise = stackalloc float[MostSurvivors];
        int* survivors = stackalloc int[MostSurvivors];
        float reached = BoundOfX(place, padded, second);
        int count = Survivors(place, padded, reached, (uint*)noise, survivors);
        if (count < (second ? 2 : 1) || count > MostSurvivors)
        {
            return false;
        }

        Noise.Gumbel((uint*)noise, noise, VectorRow.RoundUp(count));
        for (int i = 0; i < count; i++)
        {
            int candidate = survivors[i];
            uint element = elements == null ? (uint)candidate : elements[candidate];
            pick.Add(place.X[candidate] + noise[i], element, candidate);
        }

        return true;
    }

    /// <summary>Upper bounds on all keys, and a key that the best candidate, or the second, certainly reaches.</summary>
    [MethodImpl(HotLoop)]
    private static float BoundOfX(RowScratch place, int padded, bool second)
    {
        float* x = place.X;
        uint* words = place.Words;
        float* uppers = place.Keys;
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> gap = Vector.Create(GumbelBound.Gap);
        Vector<float> reached = none;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<uint> w = Vector.Load(words + i);
            Vector<float> upper = GumbelBound.Upper(w);
            Vector<float> at = Vector.Load(x + i);
            (at + upper).Store(uppers + i);
            reached = Vector.MaxNative(
                reached, Vector.ConditionalSelect(GumbelBound.HasLower(w), at + (upper - gap), none));
        }

        return MathF.Max(second ? LaneOps.SecondLane(reached) : LaneOps.MaxLane(reached), -float.MaxValue);
    }

    /// <summary>The candidates whose bound reaches a limit, and their words; their number, which may be more than fit.</summary>
    [MethodImpl(HotLoop)]
    private static int Survivors(RowScratch place, int padded, float reached, uint* words, int* survivors)
    {
        float* uppers = place.Keys;
        Vector<float> limit = Vector.Create(reached);
        int count = 0;
        for (int i = 0; i < padded && count <= MostSurvivors; i += Vector<float>.Count)
        {
            ulong mask = LaneOps.TopBits(Vector.GreaterThanOrEqual(Vector.Load(uppers + i), limit));
            for (; mask != 0; mask &= mask - 1, count++)
            {
                if (count < MostSurvivors)
                {
                    survivors[count] = i + BitOperations.TrailingZeroCount(mask);
                    words[count] = place.Words[survivors[count]];
                }
            }
        }

        return count;
    }
}

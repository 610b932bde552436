using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Top-p without a sort and without a list of the tokens: masses are added up in bins by term, which a larger logit never has
/// a smaller one of, and only the bin in which the target is reached is looked into. Masses are integers, so any order gives
/// the reference's threshold.
/// </summary>
/// <param name="terms">The row's terms.</param>
/// <param name="logits">The row, -infinity where not allowed; whole folds.</param>
/// <param name="padded">How many, whole folds.</param>
/// <param name="level">The least logit that counts.</param>
internal readonly unsafe ref struct TokenMasses(in TokenTerms terms, float* logits, int padded, float level)
{
    private const int BinsPerOctave = 64;

    /// <summary>Terms below have no mass.</summary>
    private const int Octaves = 30;

    /// <summary>
    /// The first bin without mass; there is one for each lane, since additions to one bin have to wait for each other.
    /// </summary>
    private const int Last = (Octaves * BinsPerOctave) + 1;
    private const int Bins = Last + 16;
    private const int BlockLength = 256;

    private readonly TokenTerms terms = terms;
    private readonly float* logits = logits;
    private readonly int padded = padded;
    private readonly float level = level;

    /// <summary>The largest logit down to which the masses come to the target.</summary>
    /// <param name="probability">The part of all masses that the target is.</param>
    /// <param name="candidates">Room for as many logits as there are.</param>
    /// <param name="masses">Room for as many masses.</param>
    public float Least(float probability, float* candidates, int* masses)
    {
        ulong* bins = stackalloc ulong[Bins];
        Count(bins);
        ulong total = 0;
        for (int i = 0; i < Bins; i++)
        {
            total += bins[i];
        }

        ulong target = TokenTiltOp.TargetMass(total, probability);
        int bin = 0;
        for (; bins[bin] < target; bin++)
        {
            target -= bins[bin];
        }

        int count = Collect(bin, candidates);
        for (int i = 0; i < count; i++)
        {
            int place = ((int*)candidates)[i];
            candidates[i] = logits[place];
            masses[i] = (int)TokenTiltOp.Mass(terms.At(place));
        }

        return VectorTruncation.Select(candidates, masses, count, target);
    }

    /// <summary>Adds every token's mass to its bin: vectors make both, and one addition in memory a token is left.</summary>
    [MethodImpl(HotLoop)]
    private void Count(ulong* bins)
    {
        new Span<ulong>(bins, Bins).Clear();
        TokenTerms own = terms;
        int* places = stackalloc int[BlockLength];
        int* masses = stackalloc int[BlockLength];
        int width = Vector<float>.Count;
        Vector<float> last = Vector.ConvertToSingle(Vector.CreateSequence(Last, 1));
        for (int start = 0; start < padded; start += BlockLength)
        {
            int length = Math.Min(BlockLength, padded - start);
            for (int i = 0; i < length; i += 4 * width)
            {
                Vector<float> t0 = own.At<On>(start + i);
                Vector<float> t1 = own.At<On>(start + i + width);
                Vector<float> t2 = own.At<On>(start + i + (2 * width));
                Vector<float> t3 = own.At<On>(start + i + (3 * width));
                BinOf(t0, last).Store(places + i);
                BinOf(t1, last).Store(places + i + width);
                BinOf(t2, last).Store(places + i + (2 * width));
                BinOf(t3, last).Store(places + i + (3 * width));
                Exponential.Exp2(ref t0, ref t1, ref t2, ref t3);
                MassOf(t0, start + i).Store(masses + i);
                MassOf(t1, start + i + width).Store(masses + i + width);
                MassOf(t2, start + i + (2 * width)).Store(masses + i + (2 * width));
                MassOf(t3, start + i + (3 * width)).Store(masses + i + (3 * width));
            }

            // Rows are whole folds, and those are multiples of four.
            for (int i = 0; i < length; i += 4)
            {
                bins[places[i]] += (uint)masses[i];
                bins[places[i + 1]] += (uint)masses[i + 1];
                bins[places[i + 2]] += (uint)masses[i + 2];
                bins[places[i + 3]] += (uint)masses[i + 3];
            }
        }
    }

    /// <summary>The places of the logits in a bin.</summary>
    [MethodImpl(HotLoop)]
    private int Collect(int bin, float* candidates)
    {
        TokenTerms own = terms;
        Vector<float> first = Vector.Create((float)bin);
        Vector<float> end = Vector.Create(bin + 1f);
        Vector<float> least = Vector.Create(level);
        int count = 0;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> position = Position(own.At<On>(i));
            Vector<int> isIn = Vector.GreaterThanOrEqual(position, first)
                & Vector.LessThan(position, end)
                & Vector.GreaterThanOrEqual(Vector.Load(logits + i), least);
            for (ulong lanes = LaneOps.TopBits(isIn); lanes != 0; lanes &= lanes - 1)
            {
                ((int*)candidates)[count++] = i + BitOperations.TrailingZeroCount(lanes);
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Position(Vector<float> term) => term * Vector.Create(-(float)BinsPerOctave);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> BinOf(Vector<float> term, Vector<float> last) =>
        Vector.ConvertToInt32Native(Vector.MinNative(Position(term), last));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<int> MassOf(Vector<float> power, int place) =>
        Vector.ConvertToInt32Native(power * Vector.Create(TokenTiltOp.UnitMass))
        & Vector.GreaterThanOrEqual(Vector.Load(logits + place), Vector.Create(level));
}

using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The least kept logit of a row without sorting it: passes with vectors leave a few tokens among which the threshold
/// must lie, and a selection finds it. Masses and counts are integers, so any order gives the reference's threshold.
/// </summary>
/// <param name="logits">The row, -infinity where not allowed; whole folds.</param>
/// <param name="padded">How many, whole folds.</param>
/// <param name="max">The largest logit.</param>
/// <param name="scratch">Room: exps, x and keys are used.</param>
internal readonly unsafe ref struct VectorTruncation(float* logits, int padded, float max, RowScratch scratch)
{
    /// <summary>Logits whose largest stands for all of them in the first look for the k largest.</summary>
    private const int GroupLength = 64;

    private readonly float* logits = logits;
    private readonly int padded = padded;
    private readonly float max = max;
    private readonly RowScratch scratch = scratch;

    private float* Candidates => scratch.Keys;

    private int* Masses => (int*)scratch.Exps;

    private int* CandidateMasses => (int*)scratch.X;

    /// <summary>The least logit that all truncations keep.</summary>
    public float LeastKept(in TokenParameters parameters)
    {
        float least = LeastByTerm(in parameters, parameters.MinP, out int kept);
        if (parameters.TopK > 0 && parameters.TopK < kept)
        {
            least = KthLargest(parameters.TopK, least);
        }

        if (parameters.TopP < 1f)
        {
            least = LeastByMass(in parameters, least);
        }

        return parameters.TopNSigma <= float.MaxValue
            ? MathF.Max(least, LeastBySigma(parameters.TopNSigma))
            : least;
    }

    /// <summary>The largest value at which the sum of masses from the largest value down reaches a target.</summary>
    /// <param name="values">The values; their order changes.</param>
    /// <param name="masses">Their masses, which move with them; null where each has the mass 1.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">At least 1, and at most the mass of all.</param>
    public static float Select(float* values, int* masses, int count, ulong target)
    {
        int first = 0;
        int end = count;
        while (true)
        {
            float pivot = values[first + ((end - first) / 2)];
            int above = first;
            int below = end;
            ulong aboveMass = 0;
            ulong equalMass = 0;
            for (int i = first; i < below;)
            {
                ulong mass = masses == null ? 1ul : (ulong)masses[i];
                if (values[i] > pivot)
                {
                    aboveMass += mass;
                    Swap(values, masses, i++, above++);
                }
                else if (values[i] < pivot)
                {
                    Swap(values, masses, i, --below);
                }
                else
                {
                    equalMass += mass;
                    i++;
                }
            }

            if (aboveMass >= target)
            {
                end = above;
            }
            else if (aboveMass + equalMass >= target)
            {
                return pivot;
            }
            else
            {
                target -= aboveMass + equalMass;
                first = below;
            }
        }
    }

    private static void Swap(float* values, int* masses, int i, int j)
    {
        (values[i], values[j]) = (values[j], values[i]);
        if (masses != null)
        {
            (masses[i], masses[j]) = (masses[j], masses[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Term(in TokenTerms terms, int place) => terms.At<On>(place);

    /// <summary>The row's terms; the row was flushed, and is left alone.</summary>
    private TokenTerms Terms(in TokenParameters parameters)
    {
        if (parameters.Base.Mode == TiltMode.Tilted)
        {
            return new TokenTerms { Values = logits, PivotTerm = -0.5f * max, Inverse2 = parameters.Base.Inverse2 };
        }

        return TokenTerms.Of(in parameters.Base, logits, padded, max, scratch.X);
    }

    /// <summary>The least logit whose term is large enough, and how many there are.</summary>
    [MethodImpl(HotLoop)]
    private float LeastByTerm(in TokenParameters parameters, float minP, out int kept)
    {
        TokenTerms terms = Terms(in parameters);
        Vector<float> leastTerm = Vector.Create(TokenTruncation.LeastTerm(minP));
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> all = Vector.Create(float.PositiveInfinity);
        Vector<float> least = all;
        Vector<int> count = Vector<int>.Zero;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> logit = Vector.Load(logits + i);
            Vector<int> isKept = Vector.GreaterThan(logit, none)
                & Vector.GreaterThanOrEqual(Term(in terms, i), leastTerm);
            least = Vector.MinNative(least, Vector.ConditionalSelect(isKept, logit, all));
            count -= isKept;
        }

        kept = Vector.Sum(count);
        return -LaneOps.MaxLane(-least);
    }

    /// <summary>The k-th largest logit, which is at least the k-th largest of groups' largest.</summary>
    private float KthLargest(int k, float least)
    {
        int groups = MakeGroupMaxima(scratch.X);
        float bound = groups > k ? MathF.Max(least, Select(scratch.X, null, groups, (ulong)k)) : least;
        int count = Collect(bound, null);
        return Select(Candidates, null, count, (ulong)k);
    }

    [MethodImpl(HotLoop)]
    private int MakeGroupMaxima(float* maxima)
    {
        int groups = 0;
        for (int start = 0; start < padded; start += GroupLength)
        {
            Vector<float> largest = Vector.Create(float.NegativeInfinity);
            for (int i = start; i < Math.Min(start + GroupLength, padded); i += Vector<float>.Count)
            {
                largest = Vector.MaxNative(largest, Vector.Load(logits + i));
            }

            maxima[groups++] = LaneOps.MaxLane(largest);
        }

        return groups;
    }

    /// <summary>Top-p among logits of at least a level.</summary>
    private float LeastByMass(in TokenParameters parameters, float level)
    {
        ulong total = MakeMasses(in parameters, level, out int kept);
        ulong target = TokenTiltOp.TargetMass(total, parameters.TopP);

        // Tokens of at most this mass do not come to what may be left out: the target is reached before them.
        var negligible = (int)((total - target) / (ulong)kept);
        for (int i = 0; i < padded; i++)
        {
            Masses[i] = Masses[i] > negligible ? Masses[i] : 0;
        }

        int count = Collect(level, Masses);
        return Select(Candidates, CandidateMasses, count, target);
    }

    /// <summary>The masses of logits of at least a level, 0 for others; their sum and their number.</summary>
    [MethodImpl(HotLoop)]
    private ulong MakeMasses(in TokenParameters parameters, float level, out int kept)
    {
        TokenTerms terms = Terms(in parameters);
        Vector<ulong> total = Vector<ulong>.Zero;
        Vector<int> count = Vector<int>.Zero;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<int> isKept = Vector.GreaterThanOrEqual(Vector.Load(logits + i), Vector.Create(level));
            Vector<float> scaled = Exponential.Exp2(Term(in terms, i)) * Vector.Create(TokenTiltOp.UnitMass);
            Vector<int> mass = Vector.ConvertToInt32(scaled) & isKept;
            mass.Store(Masses + i);
            Vector.Widen(mass.As<int, uint>(), out Vector<ulong> low, out Vector<ulong> high);
            total += low + high;
            count -= isKept;
        }

        kept = Vector.Sum(count);
        return Vector.Sum(total);
    }

    /// <summary>Gathers the logits of at least a bound and, with masses, those that have one.</summary>
    [MethodImpl(HotLoop)]
    private int Collect(float bound, int* masses)
    {
        int count = 0;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<int> isIn = Vector.GreaterThanOrEqual(Vector.Load(logits + i), Vector.Create(bound));
            isIn = masses == null ? isIn : isIn & Vector.GreaterThan(Vector.Load(masses + i), Vector<int>.Zero);
            for (ulong lanes = LaneOps.TopBits(isIn); lanes != 0; lanes &= lanes - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(lanes);
                Candidates[count] = logits[place];
                if (masses != null)
                {
                    CandidateMasses[count] = masses[place];
                }

                count++;
            }
        }

        return count;
    }

    private float LeastBySigma(float deviations)
    {
        float min = LeastIncluded(out int count);
        float unit = TokenTruncation.Unit(max, min);
        float mean = Division.Div(SumOf(unit, 0f, squared: false), count);
        float squares = SumOf(unit, mean, squared: true);
        return LeastWithin(unit, TokenTruncation.LeastDistance(squares, count, deviations));
    }

    [MethodImpl(HotLoop)]
    private float LeastIncluded(out int count)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> least = Vector.Create(float.PositiveInfinity);
        Vector<int> included = Vector<int>.Zero;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> logit = Vector.Load(logits + i);
            Vector<int> isIn = Vector.GreaterThan(logit, none);
            least = Vector.MinNative(least, Vector.ConditionalSelect(isIn, logit, least));
            included -= isIn;
        }

        count = Vector.Sum(included);
        return -LaneOps.MaxLane(-least);
    }

    /// <summary>The canonical sum of distances, or of their squared deviations from a mean.</summary>
    [MethodImpl(HotLoop)]
    private float SumOf(float unit, float mean, bool squared)
    {
        CanonicalSum sum = default;
        float* terms = scratch.X;
        Vector<float> tiny = Vector.Create(Bits.TinyProduct);
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int start = 0; start < padded; start += CanonicalSum.SegmentLength)
        {
            int length = Math.Min(CanonicalSum.SegmentLength, padded - start);
            for (int i = 0; i < length; i += Vector<float>.Count)
            {
                Vector<float> term = Distance(start + i, unit);
                Vector<float> deviation = term - Vector.Create(mean);
                term = squared ? Bits.ZeroBelow(deviation * deviation, tiny) : term;
                Vector<int> isOut = Vector.Equals(Vector.Load(logits + start + i), none);
                Vector.AndNot(term, isOut.As<int, float>()).Store(terms + i);
            }

            sum.AddSegment(VectorSums.SegmentSum(terms, length));
        }

        return sum.Total();
    }

    [MethodImpl(HotLoop)]
    private float LeastWithin(float unit, float leastDistance)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> least = Vector.Create(float.PositiveInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> logit = Vector.Load(logits + i);
            Vector<int> isIn = Vector.GreaterThan(logit, none)
                & Vector.GreaterThanOrEqual(Distance(i, unit), Vector.Create(leastDistance));
            least = Vector.MinNative(least, Vector.ConditionalSelect(isIn, logit, least));
        }

        return -LaneOps.MaxLane(-least);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Distance(int place, float unit) => Bits.ZeroBelow(
        Vector.FusedMultiplyAdd(
            Vector.Load(logits + place), Vector.Create(0.5f), Vector.Create(Arith.Mul(-0.5f, max)))
            * Vector.Create(unit),
        Vector.Create(Bits.TinyProduct));
}

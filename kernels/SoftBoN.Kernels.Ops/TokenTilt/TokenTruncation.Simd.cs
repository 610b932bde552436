using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The least kept logit of a row without sorting it: passes with vectors leave a few tokens among which the threshold
/// must lie, and a selection finds it. Counts are integers, so any order gives the reference's threshold.
/// </summary>
/// <param name="logits">The row, -infinity where not allowed; whole folds.</param>
/// <param name="padded">How many, whole folds.</param>
/// <param name="max">The largest logit.</param>
/// <param name="scratch">Room: exps, x and keys are used.</param>
internal readonly unsafe ref struct VectorTruncation(float* logits, int padded, float max, RowScratch scratch)
{
    /// <summary>The most logits whose largest stands for all of them in the first look for the k largest.</summary>
    private const int LongestGroup = 1024;

    /// <summary>How many groups there should be for each of the k largest, so that few of them share a group.</summary>
    private const int GroupsPerPlace = 4;

    private readonly float* logits = logits;
    private readonly int padded = padded;
    private readonly float max = max;
    private readonly RowScratch scratch = scratch;

    private float* Candidates => scratch.Keys;

    private int* CandidateMasses => (int*)scratch.X;

    /// <summary>The least logit that all truncations keep.</summary>
    public float LeastKept(in TokenParameters parameters)
    {
        float least = parameters.MinP > 0f ? LeastByTerm(in parameters) : -float.MaxValue;
        if (parameters.TopK > 0)
        {
            least = KthLargest(parameters.TopK, least, out int count);
            if (parameters.TopP < 1f && parameters.Base.Mode == TiltMode.Tilted)
            {
                return AtLeastBySigma(in parameters, LeastByMassOf(count, in parameters, least));
            }
        }

        if (parameters.TopP < 1f)
        {
            TokenTerms terms = Terms(in parameters, logits);
            least = new TokenMasses(in terms, logits, padded, least)
                .Least(parameters.TopP, Candidates, (int*)scratch.Exps);
        }

        return AtLeastBySigma(in parameters, least);
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

    /// <summary>The terms of the row, or of some of its logits; they were flushed, and are left alone.</summary>
    private TokenTerms Terms(in TokenParameters parameters, float* values)
    {
        if (parameters.Base.Mode == TiltMode.Tilted)
        {
            return new TokenTerms
            {
                Values = values,
                PivotTerm = -0.5f * max,
                Inverse2 = parameters.Base.Inverse2,
                Flush = true,
            };
        }

        return TokenTerms.Of(in parameters.Base, values, padded, max, scratch.X);
    }

    /// <summary>The least logit whose term is large enough for min-p.</summary>
    [MethodImpl(HotLoop)]
    private float LeastByTerm(in TokenParameters parameters)
    {
        TokenTerms terms = Terms(in parameters, logits);
        Vector<float> leastTerm = Vector.Create(TokenTruncation.LeastTerm(parameters.MinP));
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        Vector<float> all = Vector.Create(float.PositiveInfinity);
        Vector<float> least = all;
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> logit = Vector.Load(logits + i);
            Vector<int> isKept = Vector.GreaterThan(logit, none)
                & Vector.GreaterThanOrEqual(terms.At<On>(i), leastTerm);
            least = Vector.MinNative(least, Vector.ConditionalSelect(isKept, logit, all));
        }

        return -LaneOps.MaxLane(-least);
    }

    /// <summary>The k-th largest of the logits of at least a level, or the least of them where they are fewer.</summary>
    /// <param name="k">k.</param>
    /// <param name="level">The level; finite.</param>
    /// <param name="count">How many candidates there are now, among them all that are as large.</param>
    private float KthLargest(int k, float level, out int count)
    {
        // It is at least the k-th largest of groups' largest, and groups whose largest is smaller need no second look.
        int length = LongestGroup;
        while (length > Vector<float>.Count && padded / length < (long)GroupsPerPlace * k)
        {
            length /= 2;
        }

        float* largest = scratch.Exps;
        int groups = MakeGroupMaxima(length, largest);
        if (groups > k)
        {
            new ReadOnlySpan<float>(largest, groups).CopyTo(new Span<float>(scratch.X, groups));
            level = MathF.Max(level, Select(scratch.X, null, groups, (ulong)k));
        }

        count = 0;
        for (int group = 0; group < groups; group++)
        {
            if (largest[group] >= level)
            {
                int start = group * length;
                Collect(start, Math.Min(start + length, padded), level, ref count);
            }
        }

        return Select(Candidates, null, count, (ulong)Math.Min(k, count));
    }

    [MethodImpl(HotLoop)]
    private int MakeGroupMaxima(int length, float* maxima)
    {
        int groups = 0;
        for (int start = 0; start < padded; start += length)
        {
            int end = Math.Min(start + length, padded);
            Vector<float> largest = Vector.Create(float.NegativeInfinity);
            for (int i = start; i < end; i += Vector<float>.Count)
            {
                largest = Vector.MaxNative(largest, Vector.Load(logits + i));
            }

            maxima[groups++] = LaneOps.MaxLane(largest);
        }

        return groups;
    }

    /// <summary>Adds a group's logits of at least a level to the candidates.</summary>
    [MethodImpl(HotLoop)]
    private void Collect(int start, int end, float level, ref int count)
    {
        float* candidates = Candidates;
        for (int i = start; i < end; i += Vector<float>.Count)
        {
            Vector<int> isIn = Vector.GreaterThanOrEqual(Vector.Load(logits + i), Vector.Create(level));
            for (ulong lanes = LaneOps.TopBits(isIn); lanes != 0; lanes &= lanes - 1)
            {
                candidates[count++] = logits[i + BitOperations.TrailingZeroCount(lanes)];
            }
        }
    }

    /// <summary>Top-p among the candidates of at least a level, which are all that there are.</summary>
    private float LeastByMassOf(int count, in TokenParameters parameters, float level)
    {
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            float candidate = Candidates[i];
            Candidates[kept] = candidate;
            kept += candidate >= level ? 1 : 0;
        }

        TokenTerms terms = Terms(in parameters, Candidates);
        ulong total = 0;
        for (int i = 0; i < kept; i++)
        {
            CandidateMasses[i] = (int)TokenTiltOp.Mass(terms.At(i));
            total += (ulong)CandidateMasses[i];
        }

        return Select(Candidates, CandidateMasses, kept, TokenTiltOp.TargetMass(total, parameters.TopP));
    }

    private float AtLeastBySigma(in TokenParameters parameters, float least) =>
        parameters.TopNSigma <= float.MaxValue ? MathF.Max(least, LeastBySigma(parameters.TopNSigma)) : least;

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

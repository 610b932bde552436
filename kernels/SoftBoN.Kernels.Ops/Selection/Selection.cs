using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The arguments of selection: flat, checked, null where something is absent or not wanted.</summary>
internal unsafe struct SelectionArgs
{
    public RowSource Rows;
    public LambdaArg Lambda;
    public PerRowArg<ulong> Seed;
    public PerRowArg<ulong> Position;

    /// <summary>No positions were given: row i has position i.</summary>
    public bool PositionIsRow;

    public SelectionNoise Noise;
    public int Draws;
    public bool Distinct;

    /// <summary>Packed, one per candidate.</summary>
    public float* Offsets;
    public uint* Elements;

    /// <summary>One per draw.</summary>
    public int* Index;
    public float* Reward;
    public float* LogProbability;
    public float* Margin;

    /// <summary>One per row.</summary>
    public float* LambdaUsed;
    public RowStatus* Status;

    public readonly RowView View(long row) => Rows[row].WithOffsets(Offsets);

    /// <summary>The key of a draw's noise. Distinct draws all use draw 0's.</summary>
    public readonly NoiseKey KeyOf(long row, int draw) =>
        NoiseKey.ForCandidate(Seed[row], PositionIsRow ? (ulong)row : Position[row], Distinct ? 0 : draw);
}

/// <summary>
/// Selection: argmax of x_i + noise_i, x_i = reward_i / lambda + offset_i up to a constant of the row. Selection.md has the
/// formulas. What is here is the one expression of each result that every path shares.
/// </summary>
internal static unsafe partial class SelectionOp
{
    /// <summary>
    /// x of an included candidate that is in play; finite, so that it cannot be taken for an excluded one. In hard and flat
    /// mode Inverse is 0, and x the offset.
    /// </summary>
    public static float X(in SoftWeightsSums sums, float directedReward, float offset)
    {
        float nudge = Bits.ZeroBelowKeepNaN(offset, Bits.TinyProduct);
        return Nudged(in sums, directedReward, sums.Scale.Inverse, nudge);
    }

    /// <summary>
    /// x in powers of two, for the log-probability; finite as x is, and else as for soft weights where there is no offset.
    /// </summary>
    public static float Exponent(in SoftWeightsSums sums, float directedReward, float offset)
    {
        float nudge = Arith.Mul(Bits.ZeroBelowKeepNaN(offset, Bits.TinyProduct), Exponential.Log2E);
        nudge = nudge < float.MaxValue ? nudge : float.MaxValue;
        return Nudged(in sums, directedReward, sums.Scale.Inverse2, nudge);
    }

    /// <summary>The noise of an element.</summary>
    public static float NoiseOf(SelectionNoise noise, in NoiseKey key, uint element) => noise switch
    {
        SelectionNoise.Gumbel => Noise.Gumbel(Philox4x32.Word(in key, element)),
        SelectionNoise.UniformRace => Noise.Exponential(Philox4x32.Word(in key, element)),
        _ => 0f,
    };

    /// <summary>
    /// Whether one key beats another: by its value and, among equals, by the lower element, whatever the order in which
    /// candidates are looked at.
    /// </summary>
    public static bool Beats(float key, uint element, float otherKey, uint otherElement) =>
        key > otherKey || (key == otherKey && element < otherElement);

    /// <summary>The margin between the best key and the next; +infinity where there is no other.</summary>
    public static float Margin(float best, float second) =>
        second == float.NegativeInfinity
            ? float.PositiveInfinity
            : Bits.ZeroBelowKeepNaN(best - second, Bits.TinyResult);

    /// <summary>Log-probability of a candidate in play: its log-weight.</summary>
    /// <param name="x">The candidate's x.</param>
    /// <param name="maxX">The largest x in play.</param>
    /// <param name="sum">The sum of exp(x - maxX) over the candidates in play; at least 1.</param>
    public static float LogProbability(float x, float maxX, float sum) => (x - maxX) + Logarithm.NegLog(sum);

    private static float Nudged(in SoftWeightsSums sums, float directedReward, float inverse, float nudge)
    {
        float reward = Bits.ZeroBelowKeepNaN(directedReward, sums.Scale.ZeroBelow);
        float x = Arith.Fma(SoftWeightsOp.Deviation(in sums, reward), inverse, nudge);
        return x > -float.MaxValue ? x : -float.MaxValue;
    }

    /// <summary>Whether two candidates of a row carry the same element. Sorts a copy unless they are ascending.</summary>
    public static bool HasDuplicates(uint* elements, int length, RowScratch scratch)
    {
        bool ascending = true;
        for (int i = 1; i < length && ascending; i++)
        {
            ascending = elements[i - 1] < elements[i];
        }

        if (ascending)
        {
            return false;
        }

        var sorted = new Span<uint>(scratch.Words, length);
        new ReadOnlySpan<uint>(elements, length).CopyTo(sorted);
        sorted.Sort();
        for (int i = 1; i < length; i++)
        {
            if (sorted[i - 1] == sorted[i])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A row's status so far, or what is wrong with its offsets or elements; a row without candidates in play still has
    /// elements to look at.
    /// </summary>
    private static RowStatus Check(in SelectionArgs args, RowView view, RowStatus status, RowScratch scratch)
    {
        if (status >= RowStatus.Empty && status != RowStatus.AllExcluded)
        {
            return status;
        }

        for (int i = 0; view.Offsets != null && i < view.Length; i++)
        {
            bool invalid = float.IsNaN(view.Offsets[i]) || view.Offsets[i] == float.PositiveInfinity;
            if (invalid && view[i] != float.NegativeInfinity)
            {
                return RowStatus.OffsetInvalid;
            }
        }

        bool duplicates = args.Elements != null && HasDuplicates(args.Elements + view.Packed, view.Length, scratch);
        return duplicates ? RowStatus.DuplicateElements : status;
    }

    /// <summary>A row's final status: too few candidates for distinct draws is worth saying, but not over other news.</summary>
    private static RowStatus FinalStatus(in SelectionArgs args, in SoftWeightsSums sums, RowStatus status) =>
        status == RowStatus.Ok && args.Distinct && args.Draws > sums.Included
            ? RowStatus.FewerCandidatesThanDraws
            : status;

    private static void WriteRow(in SelectionArgs args, long row, in SoftWeightsSums sums, RowStatus status)
    {
        if (args.LambdaUsed != null)
        {
            args.LambdaUsed[row] = SoftWeightsOp.LambdaUsed(in sums);
        }

        if (args.Status != null)
        {
            args.Status[row] = status;
        }
    }

    private static void WriteNoResult(in SelectionArgs args, long row, RowStatus status)
    {
        if (args.LambdaUsed != null)
        {
            args.LambdaUsed[row] = Bits.ToFloat(Bits.NoResult);
        }

        if (args.Status != null)
        {
            args.Status[row] = status;
        }

        for (int draw = 0; draw < args.Draws; draw++)
        {
            WriteNoDraw(in args, (row * args.Draws) + draw);
        }
    }

    private static void WriteNoDraw(in SelectionArgs args, long at)
    {
        float none = Bits.ToFloat(Bits.NoResult);
        WriteDraw(in args, at, -1, none, none, none);
    }

    private static void WriteDraw(
        in SelectionArgs args, long at, int index, float reward, float logProbability, float margin)
    {
        if (args.Index != null)
        {
            args.Index[at] = index;
        }

        if (args.Reward != null)
        {
            args.Reward[at] = reward;
        }

        if (args.LogProbability != null)
        {
            args.LogProbability[at] = logProbability;
        }

        if (args.Margin != null)
        {
            args.Margin[at] = margin;
        }
    }
}

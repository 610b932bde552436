using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What draws of a row have in common: which candidates were drawn, probabilities, results.</summary>
internal static partial class SelectionKernel<TWarp, TTeam, TFull>
{
    /// <summary>Marks the drawn candidate; the thread that will look at it does so.</summary>
    private static void Mark(in TeamRow<TWarp, TTeam> team, int drawn, ref uint marks)
    {
        var candidate = (uint)drawn;
        int segment = (int)(candidate / CanonicalSum.SegmentLength);
        uint inSegment = candidate & (CanonicalSum.SegmentLength - 1);
        uint lane = (inSegment & (CanonicalSum.Lanes - 1)) / CanonicalSum.GroupSize;
        bool isMine = drawn >= 0 && (TTeam.IsAlone
            || (lane == team.Place.Lane && (segment & (team.Place.Warps - 1)) == team.Place.Warp));
        uint first = inSegment / CanonicalSum.Lanes * CanonicalSum.GroupSize;
        var bit = (int)(first + (inSegment & (CanonicalSum.GroupSize - 1)));
        if (!isMine)
        {
            return;
        }

        if (TTeam.TakesAnyLength)
        {
            int turn = TTeam.IsAlone
                ? LaneTurn.Find(segment, (int)lane, team.Row.Length)
                : segment - team.Place.Warp;
            team.SetMarks(turn, team.Marks(turn, 0) | (1u << bit));
        }
        else
        {
            marks |= 1u << bit;
        }
    }

    /// <summary>The best reward that is left, as it counts.</summary>
    private static float LargestLeft(in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, uint drawn)
    {
        float largest = float.NegativeInfinity;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            uint marks = team.Marks(turn, drawn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad reward = team.Directed(i, sums.IsNegative);
                largest = Larger(largest, reward.A, marks & 1);
                largest = Larger(largest, reward.B, marks & 2);
                largest = Larger(largest, reward.C, marks & 4);
                largest = Larger(largest, reward.D, marks & 8);
                marks >>= CanonicalSum.GroupSize;
            }
        }

        largest = Team<TWarp, TTeam>.Max(largest, in team.Place);
        return Bits.ZeroBelowKeepNaN(largest, sums.Scale.ZeroBelow);
    }

    private static float Larger(float largest, float reward, uint mark) =>
        mark == 0 && reward > largest ? reward : largest;

    private static LogNormalizer Normalizer(
        in TeamRow<TWarp, TTeam> team, in SoftWeightsSums left, uint drawn)
    {
        LogNormalizer normalizer = default;
        LargestExponents(in team, in left, drawn, out normalizer.MaxX, out float maxExponent);
        float last = SumExponentials(in team, in left, drawn, maxExponent);
        normalizer.Sum = Team<TWarp, TTeam>.RowSum(last, SumTerms.SumKind, team.Segments, in team.Place);
        return normalizer;
    }

    /// <summary>The team's largest x, and its largest in powers of two.</summary>
    public static void LargestExponents(
        in TeamRow<TWarp, TTeam> team,
        in SoftWeightsSums left,
        uint drawn,
        out float maxX,
        out float maxExponent)
    {
        maxX = float.NegativeInfinity;
        maxExponent = float.NegativeInfinity;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            uint marks = team.Marks(turn, drawn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad exponent = Exponents(in team, in left, i, marks, isX: false);
                Quad x = Exponents(in team, in left, i, marks, isX: true);
                maxX = Largest(maxX, in x);
                maxExponent = Largest(maxExponent, in exponent);
                marks >>= CanonicalSum.GroupSize;
            }
        }

        maxX = Team<TWarp, TTeam>.Max(maxX, in team.Place);
        maxExponent = Team<TWarp, TTeam>.Max(maxExponent, in team.Place);
    }

    /// <summary>Sums the team's segments of what x is taken against; a team of one warp has the row's sum then.</summary>
    public static float SumExponentials(
        in TeamRow<TWarp, TTeam> team, in SoftWeightsSums left, uint drawn, float maxExponent)
    {
        float sum = 0f;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            Quad lanes = default;
            SegmentRange range = team.Range(turn);
            uint marks = team.Marks(turn, drawn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad exponent = Exponents(in team, in left, i, marks, isX: false);
                lanes.A += Exponential.Exp2(exponent.A - maxExponent);
                lanes.B += Exponential.Exp2(exponent.B - maxExponent);
                lanes.C += Exponential.Exp2(exponent.C - maxExponent);
                lanes.D += Exponential.Exp2(exponent.D - maxExponent);
                marks >>= CanonicalSum.GroupSize;
            }

            sum = team.Keep(in lanes, SumTerms.SumKind, turn);
        }

        return sum;
    }

    /// <summary>Four candidates' x, or x in powers of two; -infinity where they are not in play.</summary>
    private static Quad Exponents(
        in TeamRow<TWarp, TTeam> team, in SoftWeightsSums left, int element, uint marks, bool isX)
    {
        Quad reward = team.Directed(element, left.IsNegative);
        Quad offset = team.Offsets.Load(in team.Row, element);
        return new Quad(
            Exponent(in left, reward.A, offset.A, marks & 1, isX),
            Exponent(in left, reward.B, offset.B, marks & 2, isX),
            Exponent(in left, reward.C, offset.C, marks & 4, isX),
            Exponent(in left, reward.D, offset.D, marks & 8, isX));
    }

    private static float Exponent(in SoftWeightsSums left, float reward, float offset, uint mark, bool isX) =>
        !IsInPlay(in left, reward) || mark != 0 ? float.NegativeInfinity
        : isX ? SelectionOp.X(in left, reward, offset)
        : SelectionOp.Exponent(in left, reward, offset);

    private static float Largest(float largest, in Quad values)
    {
        largest = values.A > largest ? values.A : largest;
        largest = values.B > largest ? values.B : largest;
        largest = values.C > largest ? values.C : largest;
        return values.D > largest ? values.D : largest;
    }

    public static void WriteRow(in SelectionKernelArgs args, long row, in SoftWeightsSums sums, RowStatus status)
    {
        if (args.Wants(SelectionOutput.LambdaUsed))
        {
            args.LambdaUsed[row] = status < RowStatus.Empty
                ? SoftWeightsOp.LambdaUsed(in sums)
                : args.Rows.NoResult;
        }

        if (args.Wants(SelectionOutput.Status))
        {
            args.Status[row] = (byte)status;
        }
    }

    public static void WriteDraw(
        in SelectionKernelArgs args,
        in TeamRow<TWarp, TTeam> team,
        in SoftWeightsSums left,
        long at,
        in Candidate best,
        in LogNormalizer normalizer,
        bool hasResult)
    {
        float none = args.Rows.NoResult;
        float reward = hasResult ? team.Rows.One(in team.Row, best.Index) : none;
        if (args.Wants(SelectionOutput.Index))
        {
            args.Index[at] = hasResult ? best.Index : -1;
        }

        if (args.Wants(SelectionOutput.Reward))
        {
            args.Reward[at] = reward;
        }

        if (TFull.Value && args.Wants(SelectionOutput.LogProbability))
        {
            float offset = hasResult ? team.Offsets.One(in team.Row, best.Index) : 0f;
            float x = SelectionOp.X(in left, RowInspection.Directed(reward, left.IsNegative), offset);
            float sum = hasResult ? normalizer.Sum : 1f;
            float logProbability = SelectionOp.LogProbability(x, normalizer.MaxX, sum);
            args.LogProbability[at] = hasResult ? logProbability : none;
        }

        if (TFull.Value && args.Wants(SelectionOutput.Margin))
        {
            args.Margin[at] = hasResult ? SelectionOp.Margin(best.Key, best.Second) : none;
        }
    }
}

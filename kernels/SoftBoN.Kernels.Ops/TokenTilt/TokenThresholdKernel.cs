using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Finds the least logit that truncation keeps: one team a row. Instead of sorting, the threshold's bits are found by bisection:
/// the largest logit from which on there are as many tokens, or as much mass, as are asked for.
/// </summary>
internal static class TokenThresholdKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>Masses are added in parts of so many bits, as threads exchange words.</summary>
    private const int PartBits = 20;
    private const uint PartMask = (1u << PartBits) - 1;

    /// <summary>The kernel.</summary>
    public static void Run(TokenKernelArgs args)
    {
        TokenTeam<TWarp, TTeam> team = TokenTeam<TWarp, TTeam>.Of(in args.Shared);
        for (long number = Grid.IdxX; number < args.Count; number += Grid.DimX)
        {
            KernelTokenRow row = KernelTokenRow.Of(in args, number);
            row.Least = float.NegativeInfinity;
            float least = Find(in args, in team, in row);
            float given = row.Parameters.LeastLogit;
            if (team.Place.Writes)
            {
                args.Least[number] = least > given ? least : given;
            }
        }
    }

    private static float Find(in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, in KernelTokenRow row)
    {
        bool isOn = row.Parameters.Status == RowStatus.Ok && row.Parameters.FindsLeast;
        uint largest = isOn
            ? Extreme<LargestFold>(
                in args, in team, in row, RewardKey.NegativeInfinity, 0f, float.NegativeInfinity)
            : RewardKey.NegativeInfinity;
        if (largest == RewardKey.NegativeInfinity)
        {
            return float.NegativeInfinity;
        }

        float max = RewardKey.Value(largest);
        float leastTerm = TokenTruncation.LeastTerm(row.Parameters.MinP);
        uint least = Extreme<SmallestFold>(in args, in team, in row, largest, max, leastTerm);
        for (int rule = 0; rule < 2; rule++)
        {
            bool isMass = rule == 1;
            if (isMass ? row.Parameters.TopP < 1f : row.Parameters.TopK > 0)
            {
                ulong total = Measure(in args, in team, in row, max, least, isMass);
                ulong target = isMass
                    ? TokenTiltOp.TargetMass(total, row.Parameters.TopP)
                    : (ulong)row.Parameters.TopK;
                bool isShort = isMass || target < total;
                least = Bisect(in args, in team, in row, max, least, isShort ? largest : least, target, isMass);
            }
        }

        float kept = RewardKey.Value(least);
        float sigma = BySigma(in args, in team, in row, max, largest);
        return sigma > kept ? sigma : kept;
    }

    /// <summary>
    /// The largest or smallest key of a logit whose term is at least a limit; a neutral one where there is none.
    /// </summary>
    private static uint Extreme<TFold>(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        uint neutral,
        float max,
        float leastTerm)
        where TFold : struct, IFold
    {
        uint extreme = neutral;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.RowTurns(args.Segments); turn += team.Place.Warps)
        {
            SegmentRange range = team.RowRange(args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Logits(in args, i);
                extreme = TFold.Of(extreme, KeyOf(in row, logit.A, neutral, max, leastTerm));
                extreme = TFold.Of(extreme, KeyOf(in row, logit.B, neutral, max, leastTerm));
                extreme = TFold.Of(extreme, KeyOf(in row, logit.C, neutral, max, leastTerm));
                extreme = TFold.Of(extreme, KeyOf(in row, logit.D, neutral, max, leastTerm));
            }
        }

        return Team<TWarp, TTeam>.Fold<TFold>(extreme, in team.Place);
    }

    private static uint KeyOf(in KernelTokenRow row, float logit, uint neutral, float max, float leastTerm) =>
        logit > float.NegativeInfinity && row.Parameters.Base.Term(logit, max) >= leastTerm
            ? RewardKey.Of(logit, isNegative: false)
            : neutral;

    /// <summary>The largest key from which on there is as much as is asked for.</summary>
    private static uint Bisect(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        float max,
        uint low,
        uint high,
        ulong target,
        bool isMass)
    {
        while (low < high)
        {
            uint middle = high - ((high - low) >> 1);
            bool isEnough = Measure(in args, in team, in row, max, middle, isMass) >= target;
            low = isEnough ? middle : low;
            high = isEnough ? high : middle - 1;
        }

        return low;
    }

    /// <summary>How many tokens there are from a key on, or how much mass.</summary>
    private static ulong Measure(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        float max,
        uint least,
        bool isMass)
    {
        ulong measure = 0;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.RowTurns(args.Segments); turn += team.Place.Warps)
        {
            SegmentRange range = team.RowRange(args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Logits(in args, i);
                measure += MeasureOf(in row, logit.A, max, least, isMass);
                measure += MeasureOf(in row, logit.B, max, least, isMass);
                measure += MeasureOf(in row, logit.C, max, least, isMass);
                measure += MeasureOf(in row, logit.D, max, least, isMass);
            }
        }

        uint first = Team<TWarp, TTeam>.Fold<AddFold>((uint)measure & PartMask, in team.Place);
        uint second = Team<TWarp, TTeam>.Fold<AddFold>((uint)(measure >> PartBits) & PartMask, in team.Place);
        uint third = Team<TWarp, TTeam>.Fold<AddFold>((uint)(measure >> (2 * PartBits)), in team.Place);
        return first + ((ulong)second << PartBits) + ((ulong)third << (2 * PartBits));
    }

    private static uint MeasureOf(in KernelTokenRow row, float logit, float max, uint least, bool isMass)
    {
        if (logit == float.NegativeInfinity || RewardKey.Of(logit, isNegative: false) < least)
        {
            return 0;
        }

        return isMass ? TokenTiltOp.Mass(row.Parameters.Base.Term(logit, max)) : 1u;
    }

    /// <summary>The least logit within n standard deviations of the largest, of all allowed tokens.</summary>
    private static float BySigma(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        float max,
        uint largest)
    {
        float all = float.NegativeInfinity;
        if (row.Parameters.TopNSigma > float.MaxValue)
        {
            return all;
        }

        uint smallest = Extreme<SmallestFold>(in args, in team, in row, largest, max, all);
        var count = (int)Measure(in args, in team, in row, max, smallest, isMass: false);
        float unit = TokenTruncation.Unit(max, RewardKey.Value(smallest));
        float mean = 0f;
        float limit = 0f;
        for (int pass = 0; pass < 2; pass++)
        {
            bool isSquare = pass == 1;
            float sum = SumDistances(in args, in team, in row, max, unit, mean, isSquare);
            mean = isSquare ? mean : Division.Div(sum, count);
            limit = isSquare ? TokenTruncation.LeastDistance(sum, count, row.Parameters.TopNSigma) : limit;
        }

        return LeastWithin(in args, in team, in row, max, unit, limit, largest);
    }

    private static float SumDistances(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        float max,
        float unit,
        float mean,
        bool isSquare)
    {
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.RowTurns(args.Segments); turn += team.Place.Warps)
        {
            Quad sums = default;
            SegmentRange range = team.RowRange(args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Logits(in args, i);
                sums.A += DistanceTerm(logit.A, max, unit, mean, isSquare);
                sums.B += DistanceTerm(logit.B, max, unit, mean, isSquare);
                sums.C += DistanceTerm(logit.C, max, unit, mean, isSquare);
                sums.D += DistanceTerm(logit.D, max, unit, mean, isSquare);
            }

            team.KeepSum(in sums, TokenSumKind.Sum, turn, args.Segments);
        }

        return Team<TWarp, TTeam>.RowSum(0f, TokenSumKind.Sum, args.Segments, in team.Place);
    }

    private static float DistanceTerm(float logit, float max, float unit, float mean, bool isSquare)
    {
        if (logit == float.NegativeInfinity)
        {
            return 0f;
        }

        float distance = TokenTruncation.Distance(logit, max, unit);
        return isSquare ? TokenTruncation.SquareTerm(distance, mean) : distance;
    }

    private static float LeastWithin(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        float max,
        float unit,
        float limit,
        uint largest)
    {
        uint least = largest;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.RowTurns(args.Segments); turn += team.Place.Warps)
        {
            SegmentRange range = team.RowRange(args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Logits(in args, i);
                least = SmallestFold.Of(least, WithinOf(logit.A, max, unit, limit, largest));
                least = SmallestFold.Of(least, WithinOf(logit.B, max, unit, limit, largest));
                least = SmallestFold.Of(least, WithinOf(logit.C, max, unit, limit, largest));
                least = SmallestFold.Of(least, WithinOf(logit.D, max, unit, limit, largest));
            }
        }

        return RewardKey.Value(Team<TWarp, TTeam>.Fold<SmallestFold>(least, in team.Place));
    }

    private static uint WithinOf(float logit, float max, float unit, float limit, uint largest) =>
        logit > float.NegativeInfinity && TokenTruncation.Distance(logit, max, unit) >= limit
            ? RewardKey.Of(logit, isNegative: false)
            : largest;
}

using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What is known of a row before its rewards are brought to a scale.</summary>
internal struct RewardScale
{
    public float Min;
    public float Max;
    public int Included;

    /// <summary>Of the distances to the largest, for z-scores.</summary>
    public float Unit;
    public float Mean;
    public float Deviation;
}

/// <summary>A prompt's rewards by one member, which a team brings to a scale where they lie.</summary>
internal static class RewardRow<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>Calibrates the row.</summary>
    public static void Calibrate(
        in RewardStepsKernelArgs args, in KernelRewardStep step, in TeamRow<TWarp, TTeam> team)
    {
        RowExtremes extremes = TeamRewards<TWarp, TTeam>.Extremes(in team);
        PoolingSums found = default;
        RowStatus status = KernelPooling.Look(in extremes, team.Row.Length, ref found);
        RewardScale scale = default;
        scale.Min = RewardSums.Value(found.Min);
        scale.Max = found.Max;
        scale.Included = (int)extremes.Included;
        if (step.Which == (int)RewardCalibrationKind.ZScore)
        {
            Measure(in team, status == RowStatus.Ok, ref scale);
        }

        if (step.Which == (int)RewardCalibrationKind.Quantile)
        {
            Sort(in args, in team);
        }

        Write(in args, in step, in team, in scale, status);
    }

    /// <summary>The mean and the standard deviation of distances to the largest: two sums, one after the other.</summary>
    private static void Measure(in TeamRow<TWarp, TTeam> team, bool isUsed, ref RewardScale scale)
    {
        bool isFlat = !isUsed || scale.Max == scale.Min;
        float count = isUsed ? scale.Included : 1f;
        scale.Unit = isFlat ? 0f : RewardCalibrationOp.ScaleOf(scale.Min, scale.Max);
        for (int pass = 0; pass < 2; pass++)
        {
            float last = 0f;
            int turns = team.Turns;
            for (int turn = 0; turn < turns; turn += team.Place.Warps)
            {
                Quad lanes = default;
                SegmentRange range = team.Range(turn);
                for (int i = range.First; !isFlat && i < range.End; i += CanonicalSum.Lanes)
                {
                    Quad rewards = team.Included(i);
                    lanes.Add(new Quad(
                        Term(rewards.A, pass, in scale),
                        Term(rewards.B, pass, in scale),
                        Term(rewards.C, pass, in scale),
                        Term(rewards.D, pass, in scale)));
                }

                last = team.Keep(in lanes, 0, turn);
            }

            float mean = Division.Div(Team<TWarp, TTeam>.RowSum(last, 0, team.Segments, in team.Place), count);
            scale.Mean = pass == 0 ? mean : scale.Mean;
            scale.Deviation = pass == 0 ? 0f : Division.Sqrt(mean);
        }
    }

    private static float Term(float reward, int pass, in RewardScale scale)
    {
        if (RewardKey.IsExcluded(reward))
        {
            return 0f;
        }

        float distance = RewardCalibrationOp.Distance(RewardSums.Value(reward), scale.Max, scale.Unit);
        return pass == 0 ? distance : RewardCalibrationOp.Square(distance - scale.Mean);
    }

    /// <summary>
    /// The row in ascending order: a network of exchanges, each at a distance of a power of two, which takes rows of any
    /// length because missing elements at its end count as the largest.
    /// </summary>
    private static void Sort(in RewardStepsKernelArgs args, in TeamRow<TWarp, TTeam> team)
    {
        // Teams that share a group wait for each other, and so take as many steps as the longest row of all.
        int steps = TTeam.TakesAnyLength ? team.Row.Length : args.LongestRow;
        Team<TWarp, TTeam>.Barrier();
        CopyToSort(in args, in team);
        Team<TWarp, TTeam>.Barrier();
        for (int size = 2; size < 2 * steps; size <<= 1)
        {
            for (int distance = size >> 1; distance > 0; distance >>= 1)
            {
                int flip = distance == size >> 1 ? size - 1 : distance;
                Exchange(in args, in team, distance, flip);
                Team<TWarp, TTeam>.Barrier();
            }
        }
    }

    private static void CopyToSort(in RewardStepsKernelArgs args, in TeamRow<TWarp, TTeam> team)
    {
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                int end = Math.Min(i + CanonicalSum.GroupSize, team.Row.Length);
                for (int candidate = i; candidate < end; candidate++)
                {
                    args.Sorted[team.Row.Packed + candidate] = RewardSums.Value(args.Planes[team.Row.Start + candidate]);
                }
            }
        }
    }

    /// <summary>Every pair of a step, of which each thread has every so many.</summary>
    private static void Exchange(
        in RewardStepsKernelArgs args, in TeamRow<TWarp, TTeam> team, int distance, int flip)
    {
        int threads = TTeam.Threads * team.Place.Warps;
        int length = team.Row.Length;
        int pairs = (length + distance) / 2;
        long at = team.Row.Packed;
        for (int pair = (team.Place.Warp * TTeam.Threads) + team.Place.Lane; pair < pairs; pair += threads)
        {
            // The lower of a pair has the distance's bit clear.
            int lower = ((pair & ~(distance - 1)) << 1) | (pair & (distance - 1));
            int upper = lower ^ flip;
            if (lower >= 0 && lower < length && upper >= 0 && upper < length)
            {
                float a = args.Sorted[at + lower];
                float b = args.Sorted[at + upper];
                if (a > b)
                {
                    args.Sorted[at + lower] = b;
                    args.Sorted[at + upper] = a;
                }
            }
        }
    }

    private static void Write(
        in RewardStepsKernelArgs args,
        in KernelRewardStep step,
        in TeamRow<TWarp, TTeam> team,
        in RewardScale scale,
        RowStatus status)
    {
        bool ofRow = args.IsStatusOfRow != 0;
        bool wantsStatus = args.Wants(RewardOutputFlag.Status);
        bool isOk = status == RowStatus.Ok;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                int end = Math.Min(i + CanonicalSum.GroupSize, team.Row.Length);
                for (int candidate = i; candidate < end; candidate++)
                {
                    long place = team.Row.Start + candidate;
                    float reward = args.Planes[place];
                    args.Planes[place] = !isOk ? args.Rows.NoResult
                        : RewardKey.IsExcluded(reward) ? reward
                        : Mapped(in args, in step, in team, in scale, RewardSums.Value(reward));
                    long own = team.Row.Packed + candidate;
                    if (wantsStatus && !ofRow && !isOk && args.Status[own] == 0)
                    {
                        args.Status[own] = (byte)status;
                    }
                }
            }
        }

        if (wantsStatus && ofRow && team.Row.Exists && team.Place.Writes)
        {
            args.Status[team.Row.Number] = (byte)status;
        }
    }

    private static float Mapped(
        in RewardStepsKernelArgs args,
        in KernelRewardStep step,
        in TeamRow<TWarp, TTeam> team,
        in RewardScale scale,
        float value)
    {
        if (step.Which == (int)RewardCalibrationKind.ZScore)
        {
            float distance = RewardCalibrationOp.Distance(value, scale.Max, scale.Unit);
            return scale.Max == scale.Min ? 0f : Division.Div(distance - scale.Mean, scale.Deviation);
        }

        if (step.Which == (int)RewardCalibrationKind.MinMax)
        {
            return RewardCalibrationOp.MinMax(value, scale.Min, scale.Max);
        }

        if (step.Which == (int)RewardCalibrationKind.Clip)
        {
            return RewardCalibrationOp.Clip(value, step.A, step.B);
        }

        bool isRank = step.Which == (int)RewardCalibrationKind.Quantile;
        ArrayView<float> list = isRank ? args.Sorted : args.Program.Cast<float>();

        // Excluded candidates are the first in the order.
        long start = isRank ? team.Row.Packed + team.Row.Length - scale.Included : step.Start;
        int length = isRank ? scale.Included : step.Count;
        int less = CountBelow(list, start, length, value, orEqual: false);
        int notMore = CountBelow(list, start, length, value, orEqual: true);
        return isRank ? RewardCalibrationOp.MidRank(less, notMore, length)
            : less < notMore ? RewardCalibrationOp.LevelOfEqual(less, notMore, length)
            : less == 0 ? 0f
            : less == length ? 1f
            : RewardCalibrationOp.LevelBetween(
                value,
                RewardSums.Value(list[start + less - 1]),
                RewardSums.Value(list[start + less]),
                less,
                length);
    }

    /// <summary>How many of an ascending list are below a value, or equal to it.</summary>
    private static int CountBelow(ArrayView<float> ascending, long start, int length, float value, bool orEqual)
    {
        int low = 0;
        int high = length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            float entry = RewardSums.Value(ascending[start + middle]);
            bool isBelow = entry < value || (orEqual && entry == value);
            low = isBelow ? middle + 1 : low;
            high = isBelow ? high : middle;
        }

        return low;
    }
}

using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A candidate's rewards by the members of an ensemble, which one thread pools, in registers.</summary>
internal static partial class MemberRow
{
    /// <summary>The candidate's one reward.</summary>
    public static (float Reward, RowStatus Status) Pool(
        in RewardStepsKernelArgs args, in KernelRewardStep step, long place, int members)
    {
        KernelPooling pooling = default;
        pooling.Kind = step.Which;
        pooling.VarianceWeight = step.A;
        pooling.Powers = args.Program.Cast<float>();
        pooling.FirstPower = step.Start;
        pooling.PowerCount = step.Count;
        RowExtremes extremes = RowExtremes.None;
        for (int member = 0; member < members; member++)
        {
            extremes.Add(At(in args, place, member), isNegative: false);
        }

        PoolingSums sums = default;
        RowStatus look = KernelPooling.Look(in extremes, members, ref sums);
        sums.Last = At(in args, place, members - 1);
        int passes = pooling.Passes;
        for (int pass = 0; pass < passes; pass++)
        {
            KernelPooling.Take(pass, Sum(in args, in pooling, in sums, pass, place), ref sums);
        }

        if (pooling.IsProduct)
        {
            sums.Product = Product(in args, place, members);
        }

        return pooling.Result(look, (int)extremes.Included, in sums);
    }

    private static float Sum(
        in RewardStepsKernelArgs args, in KernelPooling pooling, in PoolingSums sums, int pass, long place)
    {
        MemberFold<float, SumJoin> fold = default;
        float sum = 0f;
        int turns = 1 << LaneTurn.Bits(sums.Length);
        for (int turn = 0; turn < turns; turn++)
        {
            int first = LaneTurn.Of(turn, sums.Length).Lane * CanonicalSum.GroupSize;
            Quad members = Four(in args, place, first, sums.Length);
            sum = fold.Add(pooling.Terms(pass, first, in members, in sums).GroupSum, turn);
        }

        return sum;
    }

    private static ScaledFloat Product(in RewardStepsKernelArgs args, long place, int length)
    {
        MemberFold<ScaledFloat, ProductJoin> fold = default;
        ScaledFloat product = ScaledQuad.Ones.A;
        int turns = 1 << LaneTurn.Bits(length);
        for (int turn = 0; turn < turns; turn++)
        {
            int first = LaneTurn.Of(turn, length).Lane * CanonicalSum.GroupSize;
            Quad members = Four(in args, place, first, length);
            ScaledQuad lanes = ScaledQuad.Ones;
            lanes.Multiply(in members, first, length);
            product = fold.Add(lanes.GroupProduct, turn);
        }

        return product;
    }

    private static Quad Four(in RewardStepsKernelArgs args, long place, int first, int length) => new(
        first < length ? At(in args, place, first) : 0f,
        first + 1 < length ? At(in args, place, first + 1) : 0f,
        first + 2 < length ? At(in args, place, first + 2) : 0f,
        first + 3 < length ? At(in args, place, first + 3) : 0f);

    private static float At(in RewardStepsKernelArgs args, long place, int member) =>
        args.Planes[place + (member * args.PlaneStride)];
}

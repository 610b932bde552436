using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A row of a reward head's batch, and what may be wrong with it.</summary>
internal struct KernelHeadRow
{
    /// <summary>Faults, as bits.</summary>
    public const int HiddenIsNaN = 1;
    public const int HiddenIsInfinite = 2;
    public const int ScoreIsNotFinite = 4;
    public const int ShareIsNotFinite = 8;

    private const uint Magnitude = 0x7fffffff;
    private const uint Infinity = 0x7f800000;

    public long Number;

    /// <summary>Whether the row's map names a row of hidden values; one that does not goes along, and has no result.</summary>
    public bool IsThere;

    /// <summary>Where its hidden values begin.</summary>
    public long Start;

    public static KernelHeadRow Of(in RewardKernelArgs args, long number)
    {
        KernelHeadRow row = default;
        long source = args.HasRowMap != 0 ? args.RowMap[number] : number;
        row.Number = number;
        row.IsThere = source >= 0 && source < args.Hidden.Rows;
        row.Start = row.IsThere ? source * args.Hidden.RowStride : 0;
        return row;
    }

    public static bool IsFinite(float value) => (Bits.Of(value) & Magnitude) < Infinity;

    /// <summary>Whether any of four numbers is not finite.</summary>
    public static int FaultOf(in Quad quad, int fault) =>
        IsFinite(quad.A) && IsFinite(quad.B) && IsFinite(quad.C) && IsFinite(quad.D) ? 0 : fault;

    /// <summary>Values as they count in a product.</summary>
    public static Quad Factors(in Quad quad) => new(
        RewardScoringOp.Factor(quad.A),
        RewardScoringOp.Factor(quad.B),
        RewardScoringOp.Factor(quad.C),
        RewardScoringOp.Factor(quad.D));

    /// <summary>Adds four products to four lanes.</summary>
    public static void AddProducts(in Quad a, in Quad b, ref Quad lanes)
    {
        lanes.A = Arith.Fma(a.A, b.A, lanes.A);
        lanes.B = Arith.Fma(a.B, b.B, lanes.B);
        lanes.C = Arith.Fma(a.C, b.C, lanes.C);
        lanes.D = Arith.Fma(a.D, b.D, lanes.D);
    }

    /// <summary>A head's score.</summary>
    public static float Score(in RewardKernelArgs args, int head, float sum) =>
        args.HasBias == 0 ? sum : sum + Bits.ZeroBelow(args.Bias[head], Bits.TinyProduct);

    /// <summary>What is wrong with the hidden values that one of so many threads looks at.</summary>
    public readonly int Look(in RewardKernelArgs args, int lane, int lanes)
    {
        int faults = 0;
        int length = args.Dimension;
        for (int i = lane * CanonicalSum.GroupSize; i < length; i += lanes * CanonicalSum.GroupSize)
        {
            Quad hidden = args.Hidden.Load(Start, i, length, 0f);
            faults |= FaultOf(hidden.A) | FaultOf(hidden.B) | FaultOf(hidden.C) | FaultOf(hidden.D);
        }

        return faults;
    }

    /// <summary>The row's status, given what is wrong with it.</summary>
    public readonly RowStatus StatusOf(int faults, float reward)
    {
        if (!IsThere)
        {
            return RowStatus.Empty;
        }

        if ((faults & ScoreIsNotFinite) != 0)
        {
            return (faults & HiddenIsNaN) != 0 ? RowStatus.HiddenNaN
                : (faults & HiddenIsInfinite) != 0 ? RowStatus.HiddenInfinity
                : RowStatus.RewardOutOfRange;
        }

        return (faults & ShareIsNotFinite) != 0 ? RowStatus.GatingInvalid
            : IsFinite(reward) ? RowStatus.Ok
            : RowStatus.RewardOutOfRange;
    }

    /// <summary>Writes what there is one of per row.</summary>
    public readonly void Write(in RewardKernelArgs args, float reward, RowStatus status)
    {
        if (args.Wants(RewardOutputFlag.Reward))
        {
            args.Reward[Number] = status == RowStatus.Ok ? reward : args.NoResult;
        }

        if (args.Wants(RewardOutputFlag.Status))
        {
            args.Status[Number] = (byte)status;
        }
    }

    private static int FaultOf(float hidden)
    {
        uint bits = Bits.Of(hidden) & Magnitude;
        return bits > Infinity ? HiddenIsNaN : bits == Infinity ? HiddenIsInfinite : 0;
    }
}

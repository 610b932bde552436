namespace SoftBoN.Kernels.Ops;

/// <summary>The operations that a plan puts together, on one path.</summary>
internal interface IRewardPath
{
    static abstract void Score(in RewardScoringArgs args, long first, long end, RowScratch scratch);

    static abstract void Pool(in RewardPoolingArgs args, long first, long end, RowScratch scratch);

    static abstract void Calibrate(in RewardCalibrationArgs args, long first, long end, RowScratch scratch);

    static abstract void Weigh(in SoftWeightsArgs args, long first, long end, RowScratch scratch);

    static abstract void Select(in SelectionArgs args, long first, long end, RowScratch scratch);
}

internal readonly struct ReferenceRewardPath : IRewardPath
{
    public static void Score(in RewardScoringArgs args, long first, long end, RowScratch scratch) =>
        RewardScoringOp.RunReference(in args, first, end, scratch);

    public static void Pool(in RewardPoolingArgs args, long first, long end, RowScratch scratch) =>
        RewardPoolingOp.RunReference(in args, first, end, scratch);

    public static void Calibrate(in RewardCalibrationArgs args, long first, long end, RowScratch scratch) =>
        RewardCalibrationOp.RunReference(in args, first, end, scratch);

    public static void Weigh(in SoftWeightsArgs args, long first, long end, RowScratch scratch) =>
        SoftWeightsOp.RunReference(in args, first, end);

    public static void Select(in SelectionArgs args, long first, long end, RowScratch scratch) =>
        SelectionOp.RunReference(in args, first, end, scratch);
}

internal readonly struct SimdRewardPath : IRewardPath
{
    public static void Score(in RewardScoringArgs args, long first, long end, RowScratch scratch) =>
        RewardScoringOp.RunSimd(in args, first, end, scratch);

    public static void Pool(in RewardPoolingArgs args, long first, long end, RowScratch scratch) =>
        RewardPoolingOp.RunSimd(in args, first, end, scratch);

    public static void Calibrate(in RewardCalibrationArgs args, long first, long end, RowScratch scratch) =>
        RewardCalibrationOp.RunSimd(in args, first, end, scratch);

    public static void Weigh(in SoftWeightsArgs args, long first, long end, RowScratch scratch) =>
        SoftWeightsOp.RunSimd(in args, first, end, scratch);

    public static void Select(in SelectionArgs args, long first, long end, RowScratch scratch) =>
        SelectionOp.RunSimd(in args, first, end, scratch);
}

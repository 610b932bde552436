namespace SoftBoN.Kernels.Ops;

/// <summary>What a step of a plan does to a candidate's rewards.</summary>
internal enum RewardStepKind : byte
{
    Calibrate,
    Ensemble,
    Penalize,
}

/// <summary>How a row of rewards becomes one.</summary>
internal enum RewardPoolingKind : byte
{
    Sum,
    Mean,
    Last,
    Min,
    Max,
    Product,
    LogProduct,
    DiscountedSum,
    MeanLessVariance,
}

/// <summary>What rewards are mapped to.</summary>
internal enum RewardCalibrationKind : byte
{
    NotGiven,
    ZScore,
    MinMax,
    Quantile,
    Table,
    Clip,
}

namespace SoftBoN.Kernels.Cuda;

/// <summary>Kernels that can be loaded before the first call.</summary>
[Flags]
public enum CudaKernels
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Soft weights, in full and weights alone.</summary>
    SoftWeights = 1,

    /// <summary>Selection, in full and picks alone.</summary>
    Selection = 2,

    /// <summary>The search for lambdas from budgets.</summary>
    Budgets = 4,

    /// <summary>Weighted majority, and the weights that it counts.</summary>
    Majority = 8,

    /// <summary>The token tilt.</summary>
    TokenTilt = 16,

    /// <summary>Reward heads and their mixtures.</summary>
    RewardScoring = 32,

    /// <summary>Pooling, calibration, penalties and the steps of plans.</summary>
    RewardSteps = 64,

    /// <summary>All.</summary>
    All = SoftWeights | Selection | Budgets | Majority | TokenTilt | RewardScoring | RewardSteps,
}

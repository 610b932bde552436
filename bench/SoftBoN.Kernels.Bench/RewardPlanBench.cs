using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>From hidden states to picks.</summary>
public class RewardPlanBench() : OperationBench("reward plan");

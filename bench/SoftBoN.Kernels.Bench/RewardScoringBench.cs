using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>A reward head on hidden states, by formats.</summary>
public class RewardScoringBench() : OperationBench("reward head");

using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>Weighted majority among a few answers.</summary>
public class WeightedMajorityBench() : OperationBench("weighted majority");

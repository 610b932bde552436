using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>Soft weights, written out.</summary>
public class SoftWeightsBench() : OperationBench("soft weights");

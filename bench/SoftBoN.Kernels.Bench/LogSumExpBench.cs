using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>lambda log mean exp(reward / lambda) alone.</summary>
public class LogSumExpBench() : OperationBench("log-sum-exp");

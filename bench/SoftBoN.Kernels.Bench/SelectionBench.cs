using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>Selection of one candidate per row, the index alone.</summary>
public class SelectionBench() : OperationBench("selection");

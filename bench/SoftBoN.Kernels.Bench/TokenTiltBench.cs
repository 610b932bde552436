using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench;

/// <summary>A token of a vocabulary for each row, by formats and options.</summary>
public class TokenTiltBench() : OperationBench("token tilt");

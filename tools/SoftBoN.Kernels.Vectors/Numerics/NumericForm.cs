namespace SoftBoN.Kernels.Vectors.Numerics;

/// <summary>
/// One way of computing a numeric function: from the left sides of a file's lines to their right sides, or null for a
/// line
/// that this way cannot take.
/// </summary>
internal delegate string?[] NumericForm(IReadOnlyList<string> inputs);

namespace SoftBoN.Kernels.Vectors;

/// <summary>A result with other bits than it has to have.</summary>
/// <param name="Case">The file's case, or the random rows.</param>
/// <param name="Output">Which output, and where in it.</param>
/// <param name="Expected">What it has to be.</param>
/// <param name="Actual">What it is.</param>
/// <param name="Inputs">What it was computed from.</param>
internal sealed record Mismatch(string Case, string Output, string Expected, string Actual, string Inputs)
{
    public override string ToString() => $"{Case}, {Output}: expected {Expected}, got {Actual}; {Inputs}";
}

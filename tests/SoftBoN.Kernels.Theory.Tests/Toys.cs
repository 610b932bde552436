namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Small instances whose laws are known to many digits.</summary>
internal static class Toys
{
    internal static FiniteAlphabet Three { get; } = new([0.5, 0.3, 0.2], [0, 0.5, 1]);

    internal static FiniteAlphabet Halves { get; } = new([1.0 / 2, 1.0 / 3, 1.0 / 6], [0, 1, 2]);

    /// <summary>Equally likely outcomes whose weights at lambda = 1 are the given ones.</summary>
    internal static FiniteAlphabet Weights(params double[] weights) =>
        FiniteAlphabet.Uniform(Array.ConvertAll(weights, Math.Log));

    internal static double[] Fractions(params (long Numerator, long Denominator)[] fractions) =>
        Array.ConvertAll(fractions, f => (double)f.Numerator / f.Denominator);
}

using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.NumericsProof;

/// <summary>A random variable made from a word, and what the uniform float it comes from should give.</summary>
internal interface INoise
{
    static abstract float Scalar(uint word);

    static abstract Vector<float> Lanes(Vector<uint> words);

    static abstract double Expected(double uniform);
}

internal readonly struct UniformNoise : INoise
{
    public static float Scalar(uint word) => -Noise.Uniform(word);

    public static Vector<float> Lanes(Vector<uint> words) => -Noise.Uniform(words);

    /// <summary>Negated, so that it falls with the word as the others do.</summary>
    public static double Expected(double uniform) => -uniform;
}

internal readonly struct GumbelNoise : INoise
{
    public static float Scalar(uint word) => Noise.Gumbel(word);

    public static Vector<float> Lanes(Vector<uint> words) => Noise.Gumbel(words);

    public static double Expected(double uniform) => -Math.Log(-Truth.Log1p(-uniform));
}

internal readonly struct ExponentialNoise : INoise
{
    public static float Scalar(uint word) => Noise.Exponential(word);

    public static Vector<float> Lanes(Vector<uint> words) => Noise.Exponential(words);

    public static double Expected(double uniform) => -Math.Log(uniform);
}

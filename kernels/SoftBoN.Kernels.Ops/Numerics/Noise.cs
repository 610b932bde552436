using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>Random variables from random words.</summary>
/// <remarks>
/// The tail that wins a race lies where float32 is fine-grained, at v near 0: Gumbel noise is -log(-log1p(-v)), and the
/// exponential noise of the uniform race is -log(v), never the other way round. v is never 0 and never 1.
/// </remarks>
internal static partial class Noise
{
    internal const float UnitScale = 1f / 2147483648f;
    internal const float HalfStep = 1f / 4294967296f;

    /// <summary>1 - 2^-24, the largest float below 1.</summary>
    internal const float LargestUniform = 0.99999994f;

    /// <summary>The smallest and the largest Gumbel variable that <see cref="Gumbel(uint)"/> returns, rounded outwards.</summary>
    internal const float GumbelMin = -2.8116f;
    internal const float GumbelMax = 22.1808f;

    /// <summary>v = w' 2^-31 + 2^-32 with w' the upper 31 bits of the word: uniform on (0, 1), 2^-32 to 1 - 2^-24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Uniform(uint word)
    {
        float v = Arith.Fma((int)(word >> 1), UnitScale, HalfStep);
        return v < LargestUniform ? v : LargestUniform;
    }

    /// <summary>A standard Gumbel variable, -2.82 to 22.18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Gumbel(uint word) => Logarithm.NegLog(Logarithm.NegLog1m(Uniform(word)));

    /// <summary>A standard exponential variable whose large values are fine-grained, for the uniform race.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponential(uint word) => Logarithm.NegLog(Uniform(word));
}

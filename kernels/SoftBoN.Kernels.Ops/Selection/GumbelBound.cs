using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Bounds on a Gumbel variable from its random word, for a handful of operations instead of two logarithms.
/// </summary>
/// <remarks>
/// The exponential e = -log(1 - v) is at least v, so g = -log(e) &lt;= -log(v). The bits of a float, read as an integer, are
/// its logarithm to base 2 drawn with straight lines from power to power, which never lie above it: -log(v) is at most
/// ln2 (158 - bits(float(word / 2)) / 2^23). The lines lose at most 0.06, and for v up to 1/2 so does e over v at most
/// 0.33, which makes the bound less <see cref="Gap"/> a lower bound there. Not so for words below 4: float(0) has no
/// logarithm, and half a step more is much for 1. The proof tool checks both bounds over all words.
/// </remarks>
internal static class GumbelBound
{
    /// <summary>ln2 / 2^23.</summary>
    private const float Slope = 8.2629583e-8f;

    /// <summary>158 ln2, and 1e-4 for all roundings.</summary>
    private const float Top = 109.51735f;

    /// <summary>How far g is below its upper bound at most, where <see cref="HasLower(Vector{uint})"/>; 1e-4 is for roundings.</summary>
    public const float Gap = 0.3275f;

    /// <summary>Where the upper bound less <see cref="Gap"/> is a lower bound: words from 4 to 2^31 + 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> HasLower(Vector<uint> words) =>
        Vector.GreaterThanOrEqual((words - Vector.Create(4u)).As<uint, int>(), Vector<int>.Zero);

    /// <inheritdoc cref="HasLower(Vector{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasLower(uint word) => (int)(word - 4u) >= 0;

    /// <summary>An upper bound on Noise.Gumbel of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Upper(uint word) =>
        Arith.Fma((int)Bits.Of((int)(word >> 1)), -Slope, Top);

    /// <inheritdoc cref="Upper(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Upper(Vector<uint> words)
    {
        Vector<int> bits = Vector.ConvertToSingle((words >> 1).As<uint, int>()).As<float, int>();
        return Vector.FusedMultiplyAdd(Vector.ConvertToSingle(bits), Vector.Create(-Slope), Vector.Create(Top));
    }

    /// <inheritdoc cref="HasLower(Vector{uint})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> HasLower(Vector512<uint> words) =>
        Vector512.GreaterThanOrEqual((words - Vector512.Create(4u)).AsInt32(), Vector512<int>.Zero);

    /// <inheritdoc cref="Upper(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Upper(Vector512<uint> words)
    {
        Vector512<int> bits = Vector512.ConvertToSingle((words >> 1).AsInt32()).AsInt32();
        return Vector512.FusedMultiplyAdd(
            Vector512.ConvertToSingle(bits), Vector512.Create(-Slope), Vector512.Create(Top));
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// Float bits, and the thresholds below which a magnitude counts as zero, so that a device that flushes subnormal numbers
/// and one that does not return the same bits.
/// </summary>
internal static class Bits
{
    /// <summary>What a float output of a row without a result holds: written, never computed.</summary>
    public const uint NoResult = 0x7fc00000;

    /// <summary>2^-100: products that feed a sum count as zero below it, so that no partial sum is subnormal.</summary>
    public const float TinyProduct = 7.888609052210118e-31f;

    /// <summary>
    /// 2^-40: factors of dot products count as zero below it, so that every product is a multiple of 2^-126 and no partial
    /// sum is subnormal.
    /// </summary>
    public const float TinyFactor = 9.094947017729282e-13f;

    /// <summary>2^-125: stored results count as zero below it.</summary>
    public const float TinyResult = 2.350988701644575e-38f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(float x) => BitConverter.SingleToUInt32Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToFloat(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    /// <summary>x, or +0 where its magnitude is below the threshold; NaN becomes +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ZeroBelow(float x, float threshold) => MathF.Abs(x) >= threshold ? x : 0f;

    /// <inheritdoc cref="ZeroBelow(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ZeroBelow(Vector<float> x, Vector<float> threshold) =>
        Vector.BitwiseAnd(x, Vector.GreaterThanOrEqual(Vector.Abs(x), threshold).As<int, float>());

    /// <summary>x, or +0 where its magnitude is below the threshold; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ZeroBelowKeepNaN(float x, float threshold) => MathF.Abs(x) < threshold ? 0f : x;

    /// <inheritdoc cref="ZeroBelowKeepNaN(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ZeroBelowKeepNaN(Vector<float> x, Vector<float> threshold) =>
        Vector.AndNot(x, Vector.LessThan(Vector.Abs(x), threshold).As<int, float>());
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// 16-bit floats to float32, exactly, by integer operations: no conversion instruction is needed, and no subnormal
/// float32 occurs on the way to a normal one.
/// </summary>
internal static class NarrowFloats
{
    private const int SignificandShift = 13;
    private const uint HalfMagnitude = 0x7fff;
    private const uint HalfSign = 0x8000;

    /// <summary>A half's exponent of all ones, and the difference of the biases, in the place of float32's.</summary>
    private const uint HalfExponent = 0x0f800000;
    private const uint Rebias = 112u << 23;
    private const uint OneExponent = 1u << 23;

    /// <summary>2^-14, the smallest normal half.</summary>
    private const float SmallestNormalHalf = 6.103515625e-5f;

    /// <summary>
    /// The float32 of an IEEE 754 binary16's bits. A subnormal half is the difference of two normal floats.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FromHalf(uint half)
    {
        uint magnitude = (half & HalfMagnitude) << SignificandShift;
        uint exponent = magnitude & HalfExponent;
        uint bits = magnitude + Rebias + (exponent == HalfExponent ? Rebias : 0u);
        float value = exponent == 0
            ? Bits.ToFloat(bits + OneExponent) - SmallestNormalHalf
            : Bits.ToFloat(bits);
        return Bits.ToFloat(Bits.Of(value) | ((half & HalfSign) << 16));
    }

    /// <summary>The float32 of a bfloat16's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FromBFloat16(uint bits) => Bits.ToFloat(bits << 16);

    /// <inheritdoc cref="FromHalf(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FromHalf(Vector<uint> half)
    {
        Vector<uint> magnitude = (half & Vector.Create(HalfMagnitude)) << SignificandShift;
        Vector<uint> exponent = magnitude & Vector.Create(HalfExponent);
        Vector<uint> isSpecial = Vector.Equals(exponent, Vector.Create(HalfExponent));
        Vector<uint> bits = magnitude + Vector.Create(Rebias) + (isSpecial & Vector.Create(Rebias));
        Vector<float> subnormal = (bits + Vector.Create(OneExponent)).As<uint, float>()
            - Vector.Create(SmallestNormalHalf);
        Vector<uint> value = Vector.ConditionalSelect(
            Vector.Equals(exponent, Vector<uint>.Zero), subnormal.As<float, uint>(), bits);
        return (value | ((half & Vector.Create(HalfSign)) << 16)).As<uint, float>();
    }

    /// <inheritdoc cref="FromBFloat16(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FromBFloat16(Vector<uint> bits) => (bits << 16).As<uint, float>();
}

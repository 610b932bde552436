using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// 16-bit floats to float32, exactly, and back to the nearest, the even one of two as near, by integer operations: no
/// conversion instruction is needed, and no subnormal float32 occurs on the way to a normal one.
/// </summary>
/// <remarks>A finite float32 beyond the largest narrow one becomes that one; infinities stay, NaN is the quiet one.</remarks>
internal static class NarrowFloats
{
    private const int SignificandShift = 13;
    private const uint HalfMagnitude = 0x7fff;
    private const uint HalfSign = 0x8000;

    /// <summary>A half's exponent of all ones, and the difference of the biases, in the place of float32's.</summary>
    private const uint HalfExponent = 0x0f800000;
    private const uint HalfFields = HalfMagnitude << SignificandShift;

    /// <summary>2^112, the difference of the biases as a factor.</summary>
    private const float HalfScale = 5.192296858534828e33f;
    private const uint Rebias = 112u << 23;
    private const uint OneExponent = 1u << 23;

    private const uint HalfInfinity = 0x7c00;
    private const uint HalfNaN = 0x7e00;
    private const uint BFloat16Infinity = 0x7f80;
    private const uint BFloat16NaN = 0x7fc0;
    private const uint Infinity = 0x7f800000;
    private const uint SignBit = 0x80000000;

    /// <summary>The bits of 2^-14.</summary>
    private const uint SmallestNormalBits = 0x38800000;

    /// <summary>A float whose last place is that of subnormal halves.</summary>
    private const float HalfStepUnit = 0.5f;

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

    /// <summary>The bits of the nearest half.</summary>
    public static uint ToHalf(float value)
    {
        uint sign = (Bits.Of(value) & SignBit) >> 16;
        uint magnitude = Bits.Of(value) & ~SignBit;
        if (magnitude >= Infinity)
        {
            return magnitude == Infinity ? sign | HalfInfinity : HalfNaN;
        }

        if (magnitude < SmallestNormalBits)
        {
            return sign | (Bits.Of(Bits.ToFloat(magnitude) + HalfStepUnit) - Bits.Of(HalfStepUnit));
        }

        uint even = (magnitude >> SignificandShift) & 1;
        uint half = (magnitude - Rebias + ((1u << (SignificandShift - 1)) - 1) + even) >> SignificandShift;
        return sign | (half < HalfInfinity ? half : HalfInfinity - 1);
    }

    /// <summary>The bits of the nearest bfloat16.</summary>
    public static uint ToBFloat16(float value)
    {
        uint sign = (Bits.Of(value) & SignBit) >> 16;
        uint magnitude = Bits.Of(value) & ~SignBit;
        if (magnitude >= Infinity)
        {
            return magnitude == Infinity ? sign | BFloat16Infinity : BFloat16NaN;
        }

        uint narrow = (magnitude + 0x7fff + ((magnitude >> 16) & 1)) >> 16;
        return sign | (narrow < BFloat16Infinity ? narrow : BFloat16Infinity - 1);
    }

    /// <summary>The bits of the nearest halves of values that are not NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> ToHalf(Vector<float> values)
    {
        Vector<uint> bits = values.As<float, uint>();
        Vector<uint> magnitude = bits & Vector.Create(~SignBit);
        Vector<uint> even = (magnitude >> SignificandShift) & Vector<uint>.One;
        Vector<uint> rounded = magnitude - Vector.Create(Rebias - ((1u << (SignificandShift - 1)) - 1)) + even;
        Vector<uint> normal = Vector.Min(rounded >> SignificandShift, Vector.Create(HalfInfinity - 1));
        Vector<uint> subnormal = (Vector.Abs(values) + Vector.Create(HalfStepUnit)).As<float, uint>()
            - Vector.Create(Bits.Of(HalfStepUnit));
        Vector<uint> half = Vector.ConditionalSelect(
            Vector.LessThan(magnitude, Vector.Create(SmallestNormalBits)), subnormal, normal);
        Vector<uint> isInfinite = Vector.Equals(magnitude, Vector.Create(Infinity));
        half = Vector.ConditionalSelect(isInfinite, Vector.Create(HalfInfinity), half);
        return half | ((bits & Vector.Create(SignBit)) >> 16);
    }

    /// <summary>The bits of the nearest bfloat16s of values that are not NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> ToBFloat16(Vector<float> values)
    {
        Vector<uint> bits = values.As<float, uint>();
        Vector<uint> magnitude = bits & Vector.Create(~SignBit);
        Vector<uint> rounded = (magnitude + Vector.Create(0x7fffu) + ((magnitude >> 16) & Vector<uint>.One)) >> 16;
        Vector<uint> isInfinite = Vector.Equals(magnitude, Vector.Create(Infinity));
        Vector<uint> most = Vector.Create(BFloat16Infinity - 1) - isInfinite;
        return Vector.Min(rounded, most) | ((bits & Vector.Create(SignBit)) >> 16);
    }

    /// <summary>
    /// The float32s of halves: their fields in the place of float32's, and one exact product by 2^112. A subnormal half is a
    /// subnormal float32 before it, which a processor that runs .NET does not flush; a device might.
    /// </summary>
    /// <param name="half">The bits of halves, their signs extended.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FromHalf(Vector<int> half)
    {
        Vector<int> bits = (half << SignificandShift) & Vector.Create(unchecked((int)(SignBit | HalfFields)));
        Vector<int> isSpecial = Vector.Equals(
            bits & Vector.Create((int)HalfExponent), Vector.Create((int)HalfExponent));
        Vector<float> value = bits.As<int, float>() * Vector.Create(HalfScale);
        return (value.As<float, int>() | (isSpecial & Vector.Create((int)Infinity))).As<int, float>();
    }

    /// <inheritdoc cref="FromHalf(Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromHalf(Vector512<int> half)
    {
        Vector512<int> bits = (half << SignificandShift) & Vector512.Create(unchecked((int)(SignBit | HalfFields)));
        Vector512<int> exponent = Vector512.Create((int)HalfExponent);
        Vector512<int> isSpecial = Vector512.Equals(bits & exponent, exponent);
        Vector512<float> value = bits.AsSingle() * Vector512.Create(HalfScale);
        return (value.AsInt32() | (isSpecial & Vector512.Create((int)Infinity))).AsSingle();
    }

    /// <inheritdoc cref="FromBFloat16(uint)"/>
    /// <param name="bits">The bits of bfloat16s, their signs extended or not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> FromBFloat16(Vector<int> bits) => (bits << 16).As<int, float>();
}

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>Floats worth trying.</summary>
internal static class Floats
{
    /// <summary>A prime, so that a sample of bit patterns meets all exponents and no fixed low bits.</summary>
    public const uint Stride = 4099;

    public static uint BitsOf(float x) => BitConverter.SingleToUInt32Bits(x);

    public static float FromBits(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    /// <summary>2^exponent; exact, as a product of normal numbers.</summary>
    public static float PowerOfTwo(int exponent) => (float)Math.ScaleB(1, exponent);

    /// <summary>x and the floats beside it.</summary>
    public static float[] Around(float x) => [MathF.BitDecrement(x), x, MathF.BitIncrement(x)];

    /// <summary>Zeros, infinities, NaNs with payloads, subnormal numbers, thresholds and their neighbours.</summary>
    public static float[] Specials { get; } =
    [
        0f, -0f, float.PositiveInfinity, float.NegativeInfinity,
        FromBits(0x7fc00000), FromBits(0xffc00000), FromBits(0x7fc12345), FromBits(0xffd54321),
        float.Epsilon, -float.Epsilon, FromBits(0x007fffff), FromBits(0x807fffff),
        FromBits(0x00800000), FromBits(0x80800000), float.MaxValue, float.MinValue,
        .. new[] { 0.5f, 0.75f, 1f, 1.5f, 2f, 25f, 87.33654f, 88f, 33554432f }.SelectMany(Around),
        .. new[] { -0.5f, -0.75f, -1f, -1.5f, -2f, -25f, -87.33654f, -88f, -104f, -33554432f }.SelectMany(Around),
        .. new[] { -125, -100, -32, -24, 90, 125, 126 }.Select(PowerOfTwo).SelectMany(Around),
    ];

    /// <summary>Every <see cref="Stride"/>-th bit pattern, of all signs, exponents and NaNs.</summary>
    public static IEnumerable<float> Sample()
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += Stride)
        {
            yield return FromBits((uint)bits);
        }
    }
}

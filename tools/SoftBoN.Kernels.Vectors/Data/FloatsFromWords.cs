namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>
/// Floats from random words by integer arithmetic and exact conversions, so that every machine makes the same.
/// </summary>
internal static class FloatsFromWords
{
    private const int SignificandBits = 23;
    private const uint SignMask = 0x80000000;
    private const uint SignificandMask = 0x007fffff;

    /// <summary>((w >> 8) - 2^23) / 2^20: multiples of 2^-20 from -8 to below 8.</summary>
    public static float Grid(uint word) => ((int)(word >> 8) - 0x800000) * (1f / 0x100000);

    /// <summary>
    /// Any sign (bit 31) and significand (bits 22-0), and a biased exponent of
    /// first + (((w >> 23) mod 256) (last - first + 1) >> 8).
    /// </summary>
    public static float Spread(uint word, int first, int last)
    {
        uint exponent = (uint)(first + ((((int)(word >> SignificandBits) & 0xff) * (last - first + 1)) >> 8));
        uint bits = (word & (SignMask | SignificandMask)) | (exponent << SignificandBits);
        return BitConverter.UInt32BitsToSingle(bits);
    }

    /// <summary>w mod count: few levels, many ties.</summary>
    public static float Step(uint word, int count) => (int)(word % (uint)count);
}

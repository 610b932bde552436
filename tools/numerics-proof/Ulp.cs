namespace SoftBoN.NumericsProof;

/// <summary>Errors in units of float's last place.</summary>
internal static class Ulp
{
    private const long ExponentMask = 0x7ffL << 52;
    private const long SmallestNormalExponent = (long)(1023 - 126) << 52;

    /// <summary>
    /// |value - truth| over the distance of neighbouring floats in truth's binade. Infinite where only one of the two
    /// is infinite, NaN or zero.
    /// </summary>
    public static double Error(float value, double truth)
    {
        if (!double.IsFinite(truth) || truth == 0)
        {
            bool agrees = double.IsNaN(truth) ? float.IsNaN(value) : value == truth;
            return agrees ? 0 : double.PositiveInfinity;
        }

        double error = Math.Abs(value - truth) / Of(truth);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }

    private static double Of(double truth)
    {
        long exponent = Math.Max(BitConverter.DoubleToInt64Bits(truth) & ExponentMask, SmallestNormalExponent);
        return BitConverter.Int64BitsToDouble(exponent - (23L << 52));
    }
}

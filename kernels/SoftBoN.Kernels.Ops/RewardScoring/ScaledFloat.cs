using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// A product in the making: a significand of 1 to 2 in magnitude, or 0, times a power of two with an integer exponent.
/// </summary>
/// <param name="significand">The significand, with the sign.</param>
/// <param name="exponent">The power of two.</param>
internal readonly unsafe struct ScaledFloat(float significand, int exponent)
{
    private const int SignificandBits = 23;
    private const int ExponentBias = 127;
    private const uint ExponentMask = 0x7f800000;
    private const uint SignBit = 0x80000000;
    private const uint One = 0x3f800000;

    public readonly float Significand = significand;
    public readonly int Exponent = exponent;

    /// <summary>A finite float; 0 where it is below 2^-125 in magnitude.</summary>
    public static ScaledFloat Of(float value)
    {
        if (MathF.Abs(value) < Bits.TinyResult)
        {
            return new ScaledFloat(0f, 0);
        }

        uint bits = Bits.Of(value);
        int exponent = (int)((bits & ExponentMask) >> SignificandBits) - ExponentBias;
        return new ScaledFloat(Bits.ToFloat((bits & ~ExponentMask) | One), exponent);
    }

    /// <summary>A finite float; 1 where there is none.</summary>
    public static ScaledFloat Of(float value, bool exists)
    {
        ScaledFloat scaled = Of(value);
        return new ScaledFloat(exists ? scaled.Significand : 1f, exists ? scaled.Exponent : 0);
    }

    /// <summary>The product, its significand rounded once.</summary>
    public ScaledFloat Times(ScaledFloat other)
    {
        float product = Arith.Mul(Significand, other.Significand);
        int sum = Exponent + other.Exponent;
        return MathF.Abs(product) >= 2f
            ? new ScaledFloat(Arith.Mul(product, 0.5f), sum + 1)
            : new ScaledFloat(product, sum);
    }

    /// <summary>The float; +0 below 2^-125 in magnitude, infinite above the largest.</summary>
    public float ToFloat()
    {
        if (Significand == 0f || Exponent < 2 - ExponentBias)
        {
            return 0f;
        }

        return Exponent > ExponentBias
            ? Bits.ToFloat((Bits.Of(Significand) & SignBit) | ExponentMask)
            : Bits.ToFloat(Bits.Of(Significand) + (uint)(Exponent << SignificandBits));
    }

    /// <summary>The natural logarithm of a product that is not negative; -infinity of 0.</summary>
    public float Log()
    {
        if (Significand == 0f)
        {
            return float.NegativeInfinity;
        }

        // As close to 1 as a power of two brings it, so that a product near 1 does not cancel.
        bool isUpper = Significand >= 1.5f;
        float near = isUpper ? Arith.Mul(Significand, 0.5f) : Significand;
        float log = Arith.Fma(Exponent + (isUpper ? 1 : 0), TokenScale.Ln2, Logarithm.Log(near));
        return Bits.ZeroBelowKeepNaN(log, Bits.TinyResult);
    }

    /// <summary>The product of a row, in the order of the canonical sum: lanes and segments start at 1.</summary>
    /// <param name="row">The row.</param>
    /// <param name="factors">Room for one per reward.</param>
    public static ScaledFloat Product(in RowView row, ScaledFloat* factors)
    {
        for (int i = 0; i < row.Length; i++)
        {
            factors[i] = Of(row[i]);
        }

        int count = row.Length;
        do
        {
            int segments = (int)(((long)count + CanonicalSum.SegmentLength - 1) / CanonicalSum.SegmentLength);
            for (int segment = 0; segment < segments; segment++)
            {
                int start = segment * CanonicalSum.SegmentLength;
                factors[segment] = Segment(factors + start, Math.Min(CanonicalSum.SegmentLength, count - start));
            }

            count = segments;
        }
        while (count > 1);

        return factors[0];
    }

    private static ScaledFloat Segment(ScaledFloat* factors, int count)
    {
        ScaledFloat* lanes = stackalloc ScaledFloat[CanonicalSum.Lanes];
        new Span<ScaledFloat>(lanes, CanonicalSum.Lanes).Fill(new ScaledFloat(1f, 0));
        for (int i = 0; i < count; i++)
        {
            lanes[i % CanonicalSum.Lanes] = lanes[i % CanonicalSum.Lanes].Times(factors[i]);
        }

        for (int group = 0; group < CanonicalSum.Groups; group++)
        {
            ScaledFloat* a = lanes + (group * CanonicalSum.GroupSize);
            lanes[group] = a[0].Times(a[2]).Times(a[1].Times(a[3]));
        }

        for (int distance = CanonicalSum.Groups / 2; distance > 0; distance /= 2)
        {
            for (int group = 0; group < distance; group++)
            {
                lanes[group] = lanes[group].Times(lanes[group + distance]);
            }
        }

        return lanes[0];
    }
}

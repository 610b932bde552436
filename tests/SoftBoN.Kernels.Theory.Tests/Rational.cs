using System.Numerics;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>An exact fraction.</summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    private const int FractionBits = 256;

    public static implicit operator Rational(int value) => new(value, 1);

    public static explicit operator double(Rational value) =>
        Math.ScaleB((double)((value.Numerator << FractionBits) / value.Denominator), -FractionBits);

    public static Rational operator +(Rational a, Rational b) =>
        Reduced((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) =>
        Reduced(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) =>
        Reduced(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    private static Rational Reduced(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new(numerator / divisor, denominator / divisor);
    }
}

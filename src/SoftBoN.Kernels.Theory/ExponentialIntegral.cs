namespace SoftBoN.Kernels.Theory;

/// <summary>
/// E1(x), the integral of exp(-y) / y from x to infinity, and Ein(x), that of (1 - exp(-y)) / y from 0 to x, as
/// functions of log x, so that no x is too small or too large. Ein(x) - E1(x) = log x + Euler's constant.
/// </summary>
/// <remarks>Relatively accurate to about 1e-15; DLMF 6.6.4 (series) and 6.9.1 (continued fraction).</remarks>
internal static class ExponentialIntegral
{
    private const double Euler = 0.57721566490153286;

    /// <summary>exp(-x) underflows beyond.</summary>
    private const double Vanished = 6.75;

    internal static double E1(double logX) => logX switch
    {
        > Vanished => 0,
        > 0 => ContinuedFraction(Math.Exp(logX)),
        _ => Series(Math.Exp(logX)) - logX - Euler,
    };

    internal static double Ein(double logX) => logX > 0 ? logX + Euler + E1(logX) : Series(Math.Exp(logX));

    /// <summary>Ein(x) = x - x^2 / (2 2!) + x^3 / (3 3!) - ... for x up to 1.</summary>
    private static double Series(double x)
    {
        double power = x;
        double sum = x;
        for (int k = 2; Math.Abs(power) > 1e-17 * sum; k++)
        {
            power *= -x / k;
            sum += power / k;
        }

        return sum;
    }

    /// <summary>exp(-x) / (x + 1 - 1 / (x + 3 - 4 / (x + 5 - 9 / ...))) for x above 1, from the left (Lentz).</summary>
    private static double ContinuedFraction(double x)
    {
        double b = x + 1;
        double c = double.PositiveInfinity;
        double d = 1 / b;
        double value = d;
        for (int k = 1; k < 200; k++)
        {
            double a = -(double)k * k;
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16)
            {
                break;
            }
        }

        return value * Math.Exp(-x);
    }
}

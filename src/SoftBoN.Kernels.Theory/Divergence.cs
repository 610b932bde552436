namespace SoftBoN.Kernels.Theory;

/// <summary>Divergences between two laws on the same outcomes, in nats where a logarithm is involved.</summary>
/// <remarks>
/// Both arguments are probability vectors of one length that sum to 1 within 1e-9. Each term of a sum is at least
/// 0, so no result is negative and a divergence of nearly equal laws keeps its leading digits.
/// </remarks>
public static partial class Divergence
{
    /// <summary>KL(p || q), the sum of p log(p / q).</summary>
    /// <param name="p">The law under which the expectation is taken.</param>
    /// <param name="q">The law compared with.</param>
    /// <returns>At least 0; +infinity where q is 0 and p is not.</returns>
    /// <exception cref="ArgumentException">An argument is not a law, or the lengths differ.</exception>
    public static double Kl(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Check(p, q);
        var sum = new CompensatedSum();
        for (int i = 0; i < p.Length; i++)
        {
            if (q[i] == 0 && p[i] > 0)
            {
                return double.PositiveInfinity;
            }

            sum.Add(KlTerm(p[i], q[i]));
        }

        return sum.Value;
    }

    /// <summary>chi^2(p || q), the sum of (p - q)^2 / q.</summary>
    /// <param name="p">The law compared.</param>
    /// <param name="q">The law compared with, which divides.</param>
    /// <returns>At least 0; +infinity where q is 0 and p is not.</returns>
    /// <exception cref="ArgumentException">An argument is not a law, or the lengths differ.</exception>
    public static double ChiSquare(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Check(p, q);
        var sum = new CompensatedSum();
        for (int i = 0; i < p.Length; i++)
        {
            if (q[i] == 0 && p[i] > 0)
            {
                return double.PositiveInfinity;
            }

            sum.Add(q[i] == 0 ? 0 : (p[i] - q[i]) * ((p[i] - q[i]) / q[i]));
        }

        return sum.Value;
    }

    /// <summary>The total variation distance, half the sum of |p - q|.</summary>
    /// <param name="p">One law.</param>
    /// <param name="q">The other law.</param>
    /// <returns>A number from 0 to 1.</returns>
    /// <exception cref="ArgumentException">An argument is not a law, or the lengths differ.</exception>
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Check(p, q);
        var sum = new CompensatedSum();
        for (int i = 0; i < p.Length; i++)
        {
            sum.Add(Math.Abs(p[i] - q[i]));
        }

        return 0.5 * sum.Value;
    }

    /// <summary>
    /// p log(p / q) - p + q, at least 0. The extra terms sum to nothing over two laws, and take the rounding of
    /// their sums with them.
    /// </summary>
    private static double KlTerm(double p, double q)
    {
        if (p == 0)
        {
            return q;
        }

        if (Math.Abs(q - p) < 0.5 * p)
        {
            double change = (q - p) / p;
            return Math.Max(0, p * (change - RealMath.Log1p(change)));
        }

        return (p * (Math.Log(p) - Math.Log(q))) - p + q;
    }

    private static void Check(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Throw.IfNotLaw(p, nameof(p));
        Throw.IfNotLaw(q, nameof(q));
        Throw.IfLengthsDiffer(q.Length, p.Length, nameof(q), nameof(p));
    }
}

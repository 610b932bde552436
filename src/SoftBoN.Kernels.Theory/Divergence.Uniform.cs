namespace SoftBoN.Kernels.Theory;

public static partial class Divergence
{
    /// <summary>Below exp(this) a density may be too small to be told from 0.</summary>
    private const double Unresolved = -36;

    /// <summary>KL(p || q) between two laws of a reward uniform under the reference law.</summary>
    /// <param name="p">The law under which the expectation is taken.</param>
    /// <param name="q">The law compared with.</param>
    /// <returns>At least 0, in nats; absolute error about 1e-14.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>
    /// Densities of the uniform race, and of soft best-of-n below lambda = 1e-4, are resolved down to some n exp(-40).
    /// With such a q, p must not be large where q is not: p may be the tilt at q's temperature or a colder one. With
    /// any other q, p may be any law.
    /// </remarks>
    public static double Kl(UniformRewardLaw p, UniformRewardLaw q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        return UniformRewardLaw.Integral(p, q, KlDensity);
    }

    /// <summary>chi^2(p || q) between two laws of a reward uniform under the reference law.</summary>
    /// <param name="p">The law compared.</param>
    /// <param name="q">The law compared with, which divides.</param>
    /// <returns>At least 0; error about 1e-14 relative to 1 plus the value.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static double ChiSquare(UniformRewardLaw p, UniformRewardLaw q)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        return UniformRewardLaw.Integral(p, q, ChiSquareDensity);
    }

    /// <summary>f log(f / g) - f + g from the logarithms of f and g, at least 0.</summary>
    private static double KlDensity(double logF, double logG)
    {
        double f = Math.Exp(logF);
        double change = logG - logF;
        if (Math.Abs(change) < 0.5)
        {
            return Math.Max(0, f * (RealMath.Expm1(change) - change));
        }

        if (double.IsNegativeInfinity(logG))
        {
            return logF < Unresolved ? 0 : double.PositiveInfinity;
        }

        return f == 0 ? Math.Exp(logG) : (-f * change) - f + Math.Exp(logG);
    }

    /// <summary>(f - g)^2 / g from the logarithms of f and g.</summary>
    private static double ChiSquareDensity(double logF, double logG)
    {
        if (double.IsNegativeInfinity(logF))
        {
            return Math.Exp(logG);
        }

        double excess = RealMath.Expm1(logF - logG);
        return logF - logG > 1 ? Math.Exp((2 * logF) - logG) - (2 * Math.Exp(logF)) + Math.Exp(logG)
            : Math.Exp(logG) * excess * excess;
    }
}

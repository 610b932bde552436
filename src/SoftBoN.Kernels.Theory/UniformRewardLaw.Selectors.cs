namespace SoftBoN.Kernels.Theory;

public sealed partial class UniformRewardLaw
{
    /// <summary>The coldest temperature of a tilt that has a density a double can hold.</summary>
    private const double ColdestTilt = 1e-300;

    /// <summary>The optimal tilt: density proportional to exp(u / lambda).</summary>
    /// <param name="lambda">The temperature, at least 1e-300: at 0 the tilt is the point mass at reward 1.</param>
    /// <returns>The law of density exp(-(1 - u) / lambda) / (lambda (1 - exp(-1 / lambda))).</returns>
    /// <exception cref="ArgumentOutOfRangeException">lambda is below 1e-300 or NaN.</exception>
    public static UniformRewardLaw OptimalTilt(double lambda)
    {
        Throw.IfBelow(lambda, ColdestTilt, nameof(lambda));
        if (IsHot(lambda))
        {
            return Reference;
        }

        double peak = 1 / lambda / -RealMath.Expm1(-1 / lambda);
        double logPeak = Math.Log(peak);
        return new((_, shortfall) => logPeak - (shortfall / lambda), peak);
    }

    /// <summary>Soft best-of-n.</summary>
    /// <param name="lambda">The temperature: 0 is best-of-n, +infinity the reference law.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The law of density n w(u) Int exp(-t w(u)) phi(t)^(n-1) dt, w(u) = exp(u / lambda).</returns>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    /// <remarks>phi(t) = lambda (E1(t) - E1(t exp(1 / lambda))): an exponential integral.</remarks>
    public static UniformRewardLaw SoftBestOfN(double lambda, int n)
    {
        Throw.IfNotTemperature(lambda);
        Throw.IfNotCandidateCount(n);
        return IsCold(lambda) ? BestOfN(n) : Soft(lambda, CandidateCount.Fixed(n));
    }

    /// <summary>Soft best-of-Poisson: soft best-of-n with 1 + N candidates, N Poisson.</summary>
    /// <param name="lambda">The temperature: 0 is best-of-Poisson, +infinity the reference law.</param>
    /// <param name="extraMean">mu, the mean of N; at least 0, finite.</param>
    /// <returns>The density of <see cref="SoftBestOfN"/> averaged over the number of candidates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// lambda is negative or NaN, or extraMean is negative, infinite or NaN.
    /// </exception>
    public static UniformRewardLaw SoftBestOfPoisson(double lambda, double extraMean)
    {
        Throw.IfNotTemperature(lambda);
        Throw.IfNotFiniteMean(extraMean, nameof(extraMean));
        return IsCold(lambda) ? BestOfPoisson(extraMean) : Soft(lambda, CandidateCount.Poisson(extraMean));
    }

    /// <summary>Hard best-of-n.</summary>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>The law of density n u^(n-1): mean n / (n + 1), KL log n - (n - 1) / n from the reference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public static UniformRewardLaw BestOfN(int n)
    {
        Throw.IfNotCandidateCount(n);
        return n == 1 ? Reference : new((reward, shortfall) => Math.Log(n) + ((n - 1) * Log(reward, shortfall)), n);
    }

    /// <summary>Hard best-of-Poisson: the best of 1 + N candidates, N Poisson.</summary>
    /// <param name="extraMean">mu, the mean of N; at least 0, finite.</param>
    /// <returns>
    /// The law of density (mu u + 1) exp(mu (u - 1)) (Khalaf et al., arXiv 2506.19248): mean
    /// 1 - 1 / mu + (1 - exp(-mu)) / mu^2.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">extraMean is negative, infinite or NaN.</exception>
    public static UniformRewardLaw BestOfPoisson(double extraMean)
    {
        Throw.IfNotFiniteMean(extraMean, nameof(extraMean));
        return new(
            (reward, shortfall) => RealMath.Log1p(extraMean * reward) - (extraMean * shortfall), 1 + extraMean);
    }

    /// <summary>The uniform race: the candidate of highest u / lambda plus standard exponential noise.</summary>
    /// <param name="lambda">The temperature: 0 is best-of-n, +infinity the reference law.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>
    /// The law of density n w(u) Int_0^{1/w(u)} E[max(0, 1 - v w)]^(n-1) dv, w(u) = exp(u / lambda).
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    public static UniformRewardLaw UniformRace(double lambda, int n)
    {
        Throw.IfNotTemperature(lambda);
        Throw.IfNotCandidateCount(n);
        if (IsCold(lambda))
        {
            return BestOfN(n);
        }

        if (IsHot(lambda))
        {
            return Reference;
        }

        var race = new UniformRaceDensity(lambda, n);
        return new((_, shortfall) => Math.Log(race.Density(shortfall)), n);
    }

    private static UniformRewardLaw Soft(double lambda, CandidateCount count)
    {
        if (count.IsOne || IsHot(lambda))
        {
            return Reference;
        }

        var race = new UniformSoftRace(lambda, count);
        return new((_, shortfall) => race.LogDensity(shortfall), count.Mean);
    }

    /// <summary>At such a temperature the law differs from its limit by less than any double shows.</summary>
    private static bool IsCold(double lambda) => lambda < ColdestTilt;

    private static bool IsHot(double lambda) => lambda > 1 / ColdestTilt;

    private static double Log(double reward, double shortfall) =>
        shortfall < 0.5 ? RealMath.Log1p(-shortfall) : Math.Log(reward);
}

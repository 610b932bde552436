namespace SoftBoN.Kernels.Theory;

/// <summary>The density of the uniform race on rewards uniform on [0, 1].</summary>
/// <remarks>
/// Weights run from exp(-1 / lambda) to 1. A reward x below the top in units of lambda has density
/// n exp(-x) Int_0^exp(x) H(v)^(n-1) dv, where H(v) = E[max(0, 1 - v w)] is 1 - v Z up to v = 1, which is integrated
/// in closed form, and lambda (a - 1 + exp(-a)) at v = exp(1 / lambda - a) beyond.
/// </remarks>
internal sealed class UniformRaceDensity
{
    /// <summary>Less than n exp(-Reach) is left out of a density.</summary>
    private const double Reach = 45;

    private readonly double _lambda;
    private readonly double _range;
    private readonly int _n;
    private readonly double _firstPiece;

    internal UniformRaceDensity(double lambda, int n)
    {
        _lambda = lambda;
        _range = 1 / lambda;
        _n = n;
        double mean = lambda * -RealMath.Expm1(-_range);
        double logLost = mean < 0.5 ? RealMath.Log1p(-mean) : Math.Log(Deficit(_range));
        _firstPiece = -RealMath.Expm1(n * logLost) / mean;
    }

    /// <summary>The density at the reward 1 - shortfall.</summary>
    internal double Density(double shortfall)
    {
        double x = shortfall / _lambda;
        double sum = Math.Exp(-x) * _firstPiece;

        // By the distance left of x, from far to near: panels halve towards the far end, where the power may fall
        // as steeply as n, and are no wider than 1.
        double far = Math.Min(x, Reach);
        double near = far - (Math.Min(far, 1) / (256.0 * _n));
        while (far > 0)
        {
            sum += Panel(far, near, x);
            double width = Math.Min(far - near, 1);
            far = near;
            near = Math.Max(far - (2 * width), far - 1);
            near = Math.Max(near, 0);
        }

        return sum;
    }

    private double Panel(double far, double near, double x)
    {
        double sum = 0;
        for (int i = 0; i < GaussLegendre.Nodes.Length; i++)
        {
            double distance = far - ((far - near) * GaussLegendre.Nodes[i]);
            double power = _n == 1 ? 1 : Math.Exp((_n - 1) * LogSurvival(x - distance));
            sum += GaussLegendre.Weights[i] * Math.Exp(-distance) * power;
        }

        return _n * (far - near) * sum;
    }

    /// <summary>log H at v = exp(log): of H or 1 - H, whichever is small.</summary>
    private double LogSurvival(double log)
    {
        double a = _range - log;
        double rest = _lambda * (log - RealMath.Expm1(-a));
        return rest < 0.5 ? RealMath.Log1p(-rest) : Math.Log(Deficit(a));
    }

    /// <summary>lambda (a - 1 + exp(-a)), without cancellation where a is small.</summary>
    private double Deficit(double a)
    {
        if (a > 0.5)
        {
            return _lambda * (a - 1 + Math.Exp(-a));
        }

        double term = 0.5 * a * a;
        double sum = term;
        for (int k = 3; term > 1e-17 * sum; k++)
        {
            term *= a / k;
            sum += k % 2 == 0 ? term : -term;
        }

        return _lambda * sum;
    }
}

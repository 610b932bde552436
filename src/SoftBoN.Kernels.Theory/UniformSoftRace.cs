namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The density of soft best-of-n on rewards uniform on [0, 1]: the integral of <see cref="SoftRaceIntegral"/> with
/// phi(t) = lambda (E1(t exp(-1 / lambda)) - E1(t)), the highest weight scaled to 1.
/// </summary>
/// <remarks>
/// The same rule in s = log t with the same error bound. Down to lambda = 1e-4 all rewards share one table of nodes,
/// and what lies left of a reward's window is carried along: every density is relatively accurate. A colder law is
/// summed over its window alone, which leaves out less than exp(-40).
/// </remarks>
internal sealed class UniformSoftRace
{
    private const double Step = 3.0 / 16;
    private const double Reach = 40;
    private const double Spent = 6.75;
    private const double WidestTable = 1e4;

    /// <summary>Below this 1 / lambda the exponential integrals nearly cancel; direct quadrature does not.</summary>
    private const double NarrowRange = 2;

    private readonly double _lambda;
    private readonly double _range;
    private readonly CandidateCount _count;
    private readonly int _nodesLeft;
    private readonly int _nodesRight = (int)(Spent / Step);
    private readonly double[] _survival = [];
    private readonly double[] _carry = [];
    private readonly double[] _rates = [];

    internal UniformSoftRace(double lambda, CandidateCount count)
    {
        _lambda = lambda;
        _range = 1 / lambda;
        _count = count;
        _nodesLeft = (int)Math.Ceiling((Reach + Math.Log(count.Mean)) / Step);
        if (_range <= WidestTable)
        {
            int nodes = _nodesLeft + (int)Math.Ceiling(_range / Step) + _nodesRight + 1;
            _survival = new double[nodes];
            _carry = new double[nodes + 1];
            double decay = Math.Exp(-Step);
            for (int k = 0; k < nodes; k++)
            {
                _survival[k] = Survival((k - _nodesLeft) * Step);
                _carry[k + 1] = (_carry[k] + _survival[k]) * decay;
            }
        }
        else
        {
            _rates = new double[_nodesLeft + _nodesRight + 1];
            for (int k = 0; k < _rates.Length; k++)
            {
                double rate = Math.Exp((k - _nodesLeft) * Step);
                _rates[k] = rate * Math.Exp(-rate);
            }
        }
    }

    /// <summary>The logarithm of the density at the reward 1 - shortfall.</summary>
    internal double LogDensity(double shortfall)
    {
        double position = shortfall / _lambda;
        return Math.Log(_count.Mean * Step * (_survival.Length > 0 ? TableSum(position) : WindowSum(position)));
    }

    private double TableSum(double position)
    {
        int center = (int)Math.Round(position / Step) + _nodesLeft;
        int first = center - _nodesLeft;
        double sum = _carry[first] * Math.Exp(((first - _nodesLeft) * Step) - position);
        int last = Math.Min(center + _nodesRight, _survival.Length - 1);
        for (int k = first; k <= last; k++)
        {
            double rate = Math.Exp(((k - _nodesLeft) * Step) - position);
            sum += rate * Math.Exp(-rate) * _survival[k];
        }

        return sum;
    }

    private double WindowSum(double position)
    {
        double sum = 0;
        for (int k = 0; k < _rates.Length; k++)
        {
            sum += _rates[k] * Survival(position + ((k - _nodesLeft) * Step));
        }

        return sum;
    }

    private double Survival(double s)
    {
        if (_range < NarrowRange)
        {
            return NarrowSurvival(s);
        }

        double low = s - _range;
        double rest = Math.Clamp((ExponentialIntegral.Ein(s) - ExponentialIntegral.Ein(low)) * _lambda, 0, 1);
        double phi = rest < 0.5
            ? 1 - rest
            : Math.Clamp((ExponentialIntegral.E1(low) - ExponentialIntegral.E1(s)) * _lambda, 0, 1);
        return _count.Survival(phi, rest);
    }

    private double NarrowSurvival(double s)
    {
        const int Panels = 2;
        double phi = 0;
        double rest = 0;
        for (int panel = 0; panel < Panels; panel++)
        {
            for (int i = 0; i < GaussLegendre.Nodes.Length; i++)
            {
                double rate = Math.Exp(s - (_range * (panel + GaussLegendre.Nodes[i]) / Panels));
                phi += GaussLegendre.Weights[i] / Panels * Math.Exp(-rate);
                rest += GaussLegendre.Weights[i] / Panels * -RealMath.Expm1(-rate);
            }
        }

        return _count.Survival(phi, rest);
    }
}

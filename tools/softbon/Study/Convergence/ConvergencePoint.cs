using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Convergence;

/// <summary>The distances between soft best-of-n and the tilt at one temperature, and what bounds them.</summary>
internal sealed class ConvergencePoint
{
    private readonly FiniteAlphabet _alphabet;
    private readonly double _lambda;
    private readonly double[] _tilt;
    private readonly double _tiltReward;
    private readonly double _peak;

    public ConvergencePoint(FiniteAlphabet alphabet, double lambda)
    {
        _alphabet = alphabet;
        _lambda = lambda;
        _tilt = ExactLaw.OptimalTilt(alphabet, lambda);
        _tiltReward = alphabet.ExpectedReward(_tilt);
        _peak = Tilt.PeakRatio(alphabet, lambda);
        ChiSquare = Tilt.ChiSquare(alphabet, lambda);
    }

    public double ChiSquare { get; }

    public Cell[] Constants() =>
    [
        _lambda,
        ChiSquare,
        _peak,
        _tiltReward,
        Asymptotics.Kl(_alphabet, _lambda),
        Asymptotics.TotalVariation(_alphabet, _lambda),
        Asymptotics.MeanGap(_alphabet, _lambda, _alphabet.Rewards),
    ];

    public Cell[] At(int n)
    {
        double[] soft = ExactLaw.SoftBestOfN(_alphabet, _lambda, n);
        double bound = Bounds.KlTiltToSoft(ChiSquare, n);
        double range = _alphabet.RewardRange;
        return
        [
            _lambda,
            n,
            Divergence.Kl(_tilt, soft),
            bound,
            Bounds.KlTiltToSoftFromRange(range, _lambda, n),
            Asymptotics.Kl(_alphabet, _lambda) / ((double)n * n),
            Divergence.Kl(_tilt, ExactLaw.UniformRace(_alphabet, _lambda, n)),
            MaxDivergence(soft),
            Bounds.MaxDivergence(_peak, n),
            Divergence.TotalVariation(_tilt, soft),
            Math.Min(1, Math.Sqrt(bound / 2)),
            Asymptotics.TotalVariation(_alphabet, _lambda) / n,
            (_tiltReward - _alphabet.ExpectedReward(soft)) / _tiltReward,
            Bounds.RewardGap(_alphabet, _lambda, n),
            Bounds.RewardGapFromPeak(_peak, n),
            Bounds.RewardGapFromRange(range, _lambda, n),
            Asymptotics.MeanGap(_alphabet, _lambda, _alphabet.Rewards) / n / _tiltReward,
        ];
    }

    private double MaxDivergence(double[] soft)
    {
        double most = 0;
        for (int i = 0; i < soft.Length; i++)
        {
            most = _tilt[i] > 0 ? Math.Max(most, Math.Log(_tilt[i] / soft[i])) : most;
        }

        return most;
    }
}

using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>A reward that is uniform on [0, 1] under the model: one without ties.</summary>
internal sealed class UniformSource : IRewardSource
{
    private const int Halvings = 80;
    private const double Coldest = 1e-6;
    private const double Hottest = 1e9;

    public string Name => "uniform";

    public string Title => "uniform rewards";

    /// <summary>The standard deviation of a uniform reward.</summary>
    public double Spread => Math.Sqrt(1.0 / 12);

    public RulePoint OptimalTilt(double lambda) => lambda == 0
        ? new RulePoint(double.PositiveInfinity, 1, 0)
        : Measure(lambda, UniformRewardLaw.OptimalTilt(lambda));

    public RulePoint SoftBestOfN(double lambda, int n) => Measure(lambda, UniformRewardLaw.SoftBestOfN(lambda, n));

    public RulePoint UniformRace(double lambda, int n) => Measure(lambda, UniformRewardLaw.UniformRace(lambda, n));

    public RulePoint BestOfN(int n) => Measure(0, UniformRewardLaw.BestOfN(n));

    public double LeastKl(double reward)
    {
        if (reward <= UniformRewardLaw.Reference.ExpectedReward())
        {
            return 0;
        }

        (double cold, double hot) = (Coldest, Hottest);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(cold * hot);
            bool colder = UniformRewardLaw.OptimalTilt(middle).ExpectedReward() < reward;
            (cold, hot) = colder ? (cold, middle) : (middle, hot);
        }

        return Divergence.Kl(UniformRewardLaw.OptimalTilt(cold), UniformRewardLaw.Reference);
    }

    /// <summary>At 0 the tilt is a point mass, from which no density is at a finite divergence.</summary>
    private static RulePoint Measure(double lambda, UniformRewardLaw law) => new(
        Divergence.Kl(law, UniformRewardLaw.Reference),
        law.ExpectedReward(),
        lambda == 0 ? double.PositiveInfinity : Divergence.Kl(UniformRewardLaw.OptimalTilt(lambda), law));
}

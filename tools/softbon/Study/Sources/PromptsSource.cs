using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>
/// The prompts of a file, each one's candidates taken for the model's law; figures are means over prompts. Prompts are
/// computed in parallel and summed in their order, so that the number of threads changes no bit.
/// </summary>
internal sealed class PromptsSource(string title, IReadOnlyList<FiniteAlphabet> prompts) : IRewardSource
{
    private const int Halvings = 60;
    private const double HottestInSpreads = 1e6;
    private const double ColdestInSpreads = 1e-6;

    private readonly AlphabetSource[] _prompts = [.. prompts.Select(prompt => new AlphabetSource("", "", prompt))];

    public string Name => "file";

    public string Title => title;

    /// <summary>The mean over prompts of the reward's standard deviation.</summary>
    public double Spread => _prompts.Average(prompt => prompt.Spread);

    public RulePoint OptimalTilt(double lambda) => Mean(prompt => prompt.OptimalTilt(lambda));

    public RulePoint SoftBestOfN(double lambda, int n) => Mean(prompt => prompt.SoftBestOfN(lambda, n));

    public RulePoint UniformRace(double lambda, int n) => Mean(prompt => prompt.UniformRace(lambda, n));

    public RulePoint BestOfN(int n) => Mean(prompt => prompt.BestOfN(n));

    /// <summary>
    /// For means over prompts the least divergence is that of the prompts' tilts at one common temperature.
    /// </summary>
    public double LeastKl(double reward)
    {
        double spread = Spread;
        if (spread == 0 || reward <= OptimalTilt(double.PositiveInfinity).Reward)
        {
            return 0;
        }

        (double cold, double hot) = (ColdestInSpreads * spread, HottestInSpreads * spread);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(cold * hot);
            bool colder = OptimalTilt(middle).Reward < reward;
            (cold, hot) = colder ? (cold, middle) : (middle, hot);
        }

        return OptimalTilt(cold).Kl;
    }

    private RulePoint Mean(Func<AlphabetSource, RulePoint> point)
    {
        RulePoint[] points = InParallel.Map(_prompts, point);
        return new RulePoint(
            points.Average(one => one.Kl), points.Average(one => one.Reward), points.Average(one => one.KlFromTilt));
    }
}

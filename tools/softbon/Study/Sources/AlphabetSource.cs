using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>A finite set of outcomes.</summary>
internal sealed class AlphabetSource(string name, string title, FiniteAlphabet alphabet) : IRewardSource
{
    public string Name => name;

    public string Title => title;

    public FiniteAlphabet Alphabet => alphabet;

    /// <summary>The reward's standard deviation under the model.</summary>
    public double Spread
    {
        get
        {
            double mean = alphabet.ExpectedReward(alphabet.Probabilities);
            double variance = 0;
            for (int i = 0; i < alphabet.Count; i++)
            {
                double distance = alphabet.Rewards[i] - mean;
                variance += alphabet.Probabilities[i] * distance * distance;
            }

            return Math.Sqrt(variance);
        }
    }

    public RulePoint OptimalTilt(double lambda)
    {
        double[] law = ExactLaw.OptimalTilt(alphabet, lambda);
        return new RulePoint(Divergence.Kl(law, alphabet.Probabilities), alphabet.ExpectedReward(law), 0);
    }

    public RulePoint SoftBestOfN(double lambda, int n) => Measure(lambda, ExactLaw.SoftBestOfN(alphabet, lambda, n));

    public RulePoint UniformRace(double lambda, int n) => Measure(lambda, ExactLaw.UniformRace(alphabet, lambda, n));

    public RulePoint BestOfN(int n) => Measure(0, ExactLaw.BestOfN(alphabet, n));

    public double LeastKl(double reward) => Tilt.RateFunction(alphabet, reward);

    private RulePoint Measure(double lambda, double[] law) => new(
        Divergence.Kl(law, alphabet.Probabilities),
        alphabet.ExpectedReward(law),
        Divergence.Kl(ExactLaw.OptimalTilt(alphabet, lambda), law));
}

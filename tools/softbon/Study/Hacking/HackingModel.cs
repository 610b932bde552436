using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>Where a selection by the proxy gets to.</summary>
/// <param name="Kl">KL(law, model), in nats.</param>
/// <param name="Proxy">The expected proxy reward.</param>
/// <param name="Gold">The expected gold reward.</param>
internal readonly record struct HackingPoint(double Kl, double Proxy, double Gold);

/// <summary>A prompt's candidates, each as likely as the others, with a proxy and a gold reward.</summary>
internal sealed record GoldPrompt(FiniteAlphabet Proxy, double[] Gold);

/// <summary>
/// Selection by a proxy on many prompts, at one common temperature; figures are means over prompts, summed in their
/// order.
/// </summary>
internal sealed class HackingModel(IReadOnlyList<GoldPrompt> prompts)
{
    /// <summary>The mean over prompts of the proxy's standard deviation.</summary>
    public double Spread => prompts.Average(prompt => new AlphabetSource("", "", prompt.Proxy).Spread);

    public HackingPoint SoftBestOfN(double lambda, int n)
    {
        HackingPoint[] points = InParallel.Map(prompts, prompt => Measure(prompt, lambda, n));
        return new HackingPoint(
            points.Average(point => point.Kl),
            points.Average(point => point.Proxy),
            points.Average(point => point.Gold));
    }

    /// <summary>HedgeTune's point: the temperature at which the expected gold reward is highest.</summary>
    public double HedgeLambda(int n) =>
        HedgeTune.OnLaws([.. prompts.Select(prompt => prompt.Proxy)], [.. prompts.Select(prompt => prompt.Gold)], n).Lambda;

    private static HackingPoint Measure(GoldPrompt prompt, double lambda, int n)
    {
        double[] law = ExactLaw.SoftBestOfN(prompt.Proxy, lambda, n);
        double gold = 0;
        for (int i = 0; i < law.Length; i++)
        {
            gold += law[i] * prompt.Gold[i];
        }

        return new HackingPoint(
            Divergence.Kl(law, prompt.Proxy.Probabilities), prompt.Proxy.ExpectedReward(law), gold);
    }
}

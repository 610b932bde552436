using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>The plots of one source: the frontier itself, and how far beneath it each rule stays.</summary>
internal static class FrontierCharts
{
    /// <summary>Smaller excesses are rounding.</summary>
    private const double LeastExcess = 1e-9;

    private static readonly Axis Divergence = new("KL(law || model), nats");

    public static IReadOnlyList<Chart> Of(IRewardSource source, DataTable points)
    {
        var lines = new FrontierLines(points, source.Name);
        return
        [
            new Chart(
                $"frontier-{source.Name}",
                $"Reward against KL on {source.Title}",
                "Each line runs from the model itself (λ = ∞, no divergence) to best-of-n (λ = 0). No law lies above "
                + "the optimal tilts.",
                Divergence,
                new Axis("expected reward"),
                [.. lines.OfRules("kl", "reward"), lines.OfTilt("kl", "reward"), lines.OfBest("kl", "reward")]),
            new Chart(
                $"excess-{source.Name}",
                $"Divergence beyond the optimal tilt on {source.Title}",
                "How much more a rule diverges from the model than the optimal tilt of the same expected reward. "
                + $"Excesses below {NumberText.Brief(LeastExcess)} are left out.",
                Divergence,
                new Axis("excess KL, nats", AxisScale.Log) { Least = LeastExcess },
                [.. lines.OfRules("kl", "excess_kl"), lines.OfBest("kl", "excess_kl")]),
        ];
    }
}

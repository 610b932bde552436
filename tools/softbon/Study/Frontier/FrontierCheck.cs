using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Kernels.Theory;
using SoftBoN.Tool.Study.Frame;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>Simulates a rule on an alphabet and holds it against its exact law.</summary>
internal sealed class FrontierCheck(Simulation simulation, int draws)
{
    public void Add(SettingRows rows, FiniteAlphabet alphabet, string rule, int n, double lambda)
    {
        (SelectionNoise noise, double[] law) = rule switch
        {
            FrontierTables.Soft => (SelectionNoise.Gumbel, ExactLaw.SoftBestOfN(alphabet, lambda, n)),
            FrontierTables.Race => (SelectionNoise.UniformRace, ExactLaw.UniformRace(alphabet, lambda, n)),
            _ => (SelectionNoise.None, ExactLaw.BestOfN(alphabet, n)),
        };
        long[] counts = simulation.Counts(alphabet, noise, lambda, n, draws);
        ChiSquareTest test = ChiSquareTest.Of(counts, law);
        double[] shares = [.. counts.Select(count => (double)count / draws)];
        rows.Add(
            FrontierTables.Simulated,
            rule,
            n,
            lambda,
            draws,
            alphabet.ExpectedReward(law),
            alphabet.ExpectedReward(shares),
            test.Statistic,
            test.Freedom,
            test.Normal);
    }

    /// <summary>What the simulation came to, in a sentence.</summary>
    public static string Summary(DataTable simulated)
    {
        int normal = simulated.IndexOf("normal");
        double most = simulated.Rows.Max(row => row[normal].Number);
        return $"The library's kernels drew candidates from the alphabet and selected among them, in "
            + $"{simulated.Rows.Count} settings. Of Pearson's statistics against the exact laws the largest is that of "
            + $"a standard normal value of {NumberText.Brief(most)}; the largest of as many such values is expected near "
            + $"{NumberText.Brief(Math.Sqrt(2 * Math.Log(simulated.Rows.Count)))}.";
    }
}

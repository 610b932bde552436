using System.Text.Json;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Rewards of a public benchmark's prompts, kept beside the repository.</summary>
public sealed class RealRewardsTests
{
    private const int Seeds = 1000;

    private const float Lambda = 0.1f;

    [AlpacaFact]
    public void Every_prompt_is_selected_and_the_mean_reward_is_that_of_the_weights()
    {
        Batch batch = Batch.Of(AlpacaRewards.Read());
        Assert.Equal(403, batch.Count);
        double[] sums = new double[batch.Count];
        for (int seed = 0; seed < Seeds; seed++)
        {
            var pick = new Pick(Temperature.Given(Lambda)) { Seeds = [(ulong)seed] };
            SelectionResult result = SelectionResult.Of(Engines.Simd2, batch, pick, SelectionWanted.AllButMargin);
            Assert.All(result.Status, status => Assert.Equal(RowStatus.Ok, status));
            for (int row = 0; row < batch.Count; row++)
            {
                Assert.InRange(result.Index[row], 0, batch.Length(row) - 1);
                sums[row] += result.Reward[row];
            }
        }

        double mean = 0;
        double variance = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            (double expected, double spread) = Moments(batch.Row(row));
            double error = Math.Sqrt(spread / Seeds) + 1e-9;
            Assert.True(Math.Abs((sums[row] / Seeds) - expected) < 6 * error, $"prompt {row}");
            mean += ((sums[row] / Seeds) - expected) / batch.Count;
            variance += spread / Seeds / batch.Count / batch.Count;
        }

        double z = mean / Math.Sqrt(variance);
        Assert.True(Math.Abs(z) < 4, $"off by {z:F2} standard errors");
    }

    /// <summary>Mean and variance of the selected reward.</summary>
    private static (double Mean, double Variance) Moments(float[] row)
    {
        double max = row.Max();
        double[] weights = Array.ConvertAll(row, r => Math.Exp((r - max) / Lambda));
        double total = weights.Sum();
        double mean = row.Zip(weights, (r, w) => r * w / total).Sum();
        return (mean, row.Zip(weights, (r, w) => (r - mean) * (r - mean) * w / total).Sum());
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class AlpacaFactAttribute : FactAttribute
    {
        public AlpacaFactAttribute()
        {
            if (AlpacaRewards.Path is null)
            {
                Skip = "shared/data/alpaca-eval-rewards.jsonl was not found beside the repository.";
            }
        }
    }

    private static class AlpacaRewards
    {
        /// <summary>The file's path, or null.</summary>
        public static string? Path { get; } = Existing(Repository.Shared("data/alpaca-eval-rewards.jsonl"));

        public static float[][] Read() => [.. File.ReadLines(Path!).Select(line =>
        {
            using var prompt = JsonDocument.Parse(line);
            return prompt.RootElement.GetProperty("candidates").EnumerateArray()
                .Select(candidate => candidate.GetProperty("reward").GetSingle())
                .ToArray();
        })];

        private static string? Existing(string path) => File.Exists(path) ? path : null;
    }
}

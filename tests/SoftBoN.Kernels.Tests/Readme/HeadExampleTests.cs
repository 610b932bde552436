namespace SoftBoN.Kernels.Tests.Readme;

public sealed class HeadExampleTests
{
    [Fact]
    public void The_example_is_this_code_and_prints_what_the_page_says()
    {
        string page = File.ReadAllText(Repository.File("docs/rewards.md"));
        string source = File.ReadAllText(Repository.File("tests/SoftBoN.Kernels.Tests/Readme/HeadExample.cs"));
        int start = page.IndexOf("```csharp", StringComparison.Ordinal);
        string[] example = page[start..page.IndexOf("\n```\n", start, StringComparison.Ordinal)]
            .Split('\n', StringSplitOptions.TrimEntries)[1..];

        Assert.True(example.Length > 20);
        Assert.All(
            example.Where(line => !line.StartsWith("using", StringComparison.Ordinal)),
            line => Assert.Contains(line.Replace("Console.", "console.", StringComparison.Ordinal), source, StringComparison.Ordinal));
        Assert.Contains($"It prints `{HeadExample.Run(Engines.Simd).Prints}`.", page, StringComparison.Ordinal);
    }

    /// <summary>Rewards and picks against double precision and the law.</summary>
    [Fact]
    public void The_example_is_right()
    {
        (float[] hidden, float[] weights) = HeadExample.Features();
        (_, float[] rewards, int[] picks) = HeadExample.Run(Engines.Simd2);
        double expected = 0;
        double picked = 0;
        double variance = 0;
        for (int prompt = 0; prompt < 1000; prompt++)
        {
            double[] scores = [.. Enumerable.Range(prompt * 16, 16).Select(
                i => Enumerable.Range(0, 256).Sum(j => (double)hidden[(i * 256) + j] * weights[j]))];
            double mean = scores.Average();
            double deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
            double[] z = [.. scores.Select(score => (score - mean) / deviation)];
            double total = z.Sum(value => Math.Exp(2 * value));
            double law = z.Sum(value => Math.Exp(2 * value) / total * value);
            expected += law;
            variance += z.Sum(value => Math.Exp(2 * value) / total * (value - law) * (value - law));
            picked += z[picks[prompt]];
            for (int i = 0; i < 16; i++)
            {
                Near.Absolute(z[i], rewards[(prompt * 16) + i], 1e-5, $"prompt {prompt}, candidate {i}");
            }
        }

        // Five standard deviations of the sum of the picks' rewards.
        Assert.InRange(picked, expected - (5 * Math.Sqrt(variance)), expected + (5 * Math.Sqrt(variance)));
    }
}

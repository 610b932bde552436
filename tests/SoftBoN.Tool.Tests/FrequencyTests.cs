using System.Text.Json;

namespace SoftBoN.Tool.Tests;

/// <summary>The picks of a run follow the law that the documentation states.</summary>
public class FrequencyTests
{
    [Fact]
    public void Picks_over_many_ids_follow_the_softmax()
    {
        const int Lines = 20_000;
        IEnumerable<string> lines = Enumerable.Range(0, Lines).Select(i => $$"""{"id":{{i}},"rewards":[0,0.5,1]}""");
        var counts = new int[3];
        foreach (string line in Tool.Run(string.Join('\n', lines), "select", "--lambda", "0.5", "--seed", "7").Lines)
        {
            using JsonDocument result = JsonDocument.Parse(line);
            counts[result.RootElement.GetProperty("index").GetInt32()]++;
        }

        double z = 1 + Math.E + (Math.E * Math.E);
        double[] expected = [Lines / z, Lines * Math.E / z, Lines * Math.E * Math.E / z];
        double chiSquare = counts.Zip(expected, (seen, mean) => (seen - mean) * (seen - mean) / mean).Sum();

        // Two degrees of freedom: 18.4 is exceeded by chance once in ten thousand seeds, and this seed is fixed.
        Assert.True(chiSquare < 18.4, $"chi-square {chiSquare}");
    }
}

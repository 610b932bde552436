using System.Globalization;
using System.Text.Json;

namespace SoftBoN.Tool.Tests;

public class LawTests
{
    private const string Vectors = "vectors/exact-laws.json";

    /// <summary>Best-of-2 over (1/2, 3/10, 1/5): F(c)^2 - F(c-)^2 = 0.25, 0.39, 0.36.</summary>
    [Fact]
    public void Json_has_the_laws_and_their_numbers()
    {
        ToolResult result = Tool.Run(
            "", "law", "--p", "0.5,0.3,0.2", "--reward", "0,0.5,1", "--lambda", "0.1", "--n", "2", "--json");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal(0, result.ExitCode);
        AssertNear([0.25, 0.39, 0.36], json.RootElement.GetProperty("bon"));
        Assert.Equal((0.39 * 0.5) + 0.36, json.RootElement.GetProperty("e_bon").GetDouble(), 12);
        Assert.Equal(
            (0.25 * Math.Log(0.5)) + (0.39 * Math.Log(1.3)) + (0.36 * Math.Log(1.8)),
            json.RootElement.GetProperty("kl_bon_ref").GetDouble(),
            12);
        double z = 0.5 + (0.3 * Math.Exp(5)) + (0.2 * Math.Exp(10));
        AssertNear([0.5 / z, 0.3 * Math.Exp(5) / z, 0.2 * Math.Exp(10) / z], json.RootElement.GetProperty("tilt"));
    }

    [Fact]
    public void Infinite_values_are_null()
    {
        using JsonDocument json = JsonDocument.Parse(
            Tool.Run("", "law", "--p", "0.5,0.5", "--reward", "0,1", "--lambda", "inf", "--n", "2", "--json").Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("lambda").ValueKind);
        AssertNear([0.5, 0.5], json.RootElement.GetProperty("soft"));
    }

    [Fact]
    public void The_table_shows_the_same_laws()
    {
        string output = Tool.Run(
            "", "law", "--p", "0.5,0.3,0.2", "--reward", "0,0.5,1", "--lambda", "0.5", "--n", "2").Output;
        Assert.Contains("0.39", output, StringComparison.Ordinal);
        Assert.Contains("uniform race", output, StringComparison.Ordinal);
    }

    [SharedFact(Vectors)]
    public void Laws_agree_with_the_forty_digit_vectors()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(Repository.Shared(Vectors)));
        int seen = 0;
        foreach (JsonElement expected in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            using JsonDocument json = JsonDocument.Parse(Tool.Run(
                "",
                "law",
                "--p",
                List(expected.GetProperty("p")),
                "--reward",
                List(expected.GetProperty("reward")),
                "--lambda",
                expected.GetProperty("lambda").GetRawText(),
                "--n",
                expected.GetProperty("n").GetRawText(),
                "--json").Output);
            foreach (JsonProperty member in expected.EnumerateObject().Where(member => member.Name != "toy"))
            {
                JsonElement actual = json.RootElement.GetProperty(member.Name);
                double[] wanted = member.Value.ValueKind == JsonValueKind.Array
                    ? Numbers(member.Value)
                    : [member.Value.GetDouble()];
                AssertNear(wanted, actual);
            }

            seen++;
        }

        Assert.True(seen > 10);
    }

    private static string List(JsonElement array) =>
        string.Join(',', array.EnumerateArray().Select(item => item.GetRawText()));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];

    private static void AssertNear(double[] expected, JsonElement actual)
    {
        double[] found = actual.ValueKind == JsonValueKind.Array ? Numbers(actual) : [actual.GetDouble()];
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double tolerance = 1e-12 * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(
                Math.Abs(expected[i] - found[i]) <= tolerance,
                string.Create(CultureInfo.InvariantCulture, $"{found[i]:R} instead of {expected[i]:R}"));
        }
    }
}

using System.Text.Json;

namespace SoftBoN.Tool.Tests;

public class WeightsTests
{
    /// <summary>Rewards 0 and log 3 at lambda 1 have the weights 1/4 and 3/4.</summary>
    [Fact]
    public void Weights_and_diagnostics_have_their_closed_forms()
    {
        string line = FormattableString.Invariant($$"""{"id":"a","rewards":[0,{{Math.Log(3)}}]}""");
        ToolResult result = Tool.Run(line, "weights", "--lambda", "1");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            [
                "id", "lambda", "ess", "entropy", "kl_to_uniform", "expected_reward", "log_mean_exp", "chi_square",
                "kl_from_tilt_bound", "kl_from_model_bound", "status", "weights",
            ],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        AssertNear(json, "ess", 1 / 0.625);
        AssertNear(json, "expected_reward", 0.75 * Math.Log(3));
        AssertNear(json, "log_mean_exp", Math.Log(2));
        AssertNear(json, "chi_square", 0.25);
        AssertNear(json, "kl_from_tilt_bound", Math.Log(1.125));
        AssertNear(json, "kl_from_model_bound", Math.Min(Math.Log(1.5), Math.Log(2) - 0.5));
        JsonElement weights = json.RootElement.GetProperty("weights");
        Assert.Equal(0.25, weights[0].GetDouble(), 6);
        Assert.Equal(0.75, weights[1].GetDouble(), 6);
    }

    [Fact]
    public void Weights_agree_with_those_of_select()
    {
        const string Line = """{"id":"a","rewards":[0.3,0.1,"-Infinity",0.7]}""";
        string weights = Tool.Run(Line, "weights", "--target-ess", "2").Output;
        string select = Tool.Run(Line, "select", "--target-ess", "2", "--seed", "1", "--weights").Output;
        Assert.Equal(
            weights[weights.IndexOf("\"weights\"", StringComparison.Ordinal)..],
            select[select.IndexOf("\"weights\"", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Lines_in_trouble_have_a_status_and_empty_rows_no_weights()
    {
        ToolResult result = Tool.Run(
            "{\"id\":1,\"rewards\":[]}\n{\"id\":2,\"rewards\":[NaN,1]}\n", "weights", "--lambda", "1");
        Assert.EndsWith("\"status\":\"empty\",\"weights\":[]}", result.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(
            "\"status\":\"reward_nan\",\"weights\":[null,null]}", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    private static void AssertNear(JsonDocument json, string name, double expected) =>
        Assert.Equal(expected, json.RootElement.GetProperty(name).GetDouble(), 6);
}

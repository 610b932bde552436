using System.Text.Json;

namespace SoftBoN.Tool.Tests;

/// <summary>Several rewards per candidate, and the steps that make one of them.</summary>
public class RewardStepsTests
{
    private const string Panel = """{"id":1,"a":[0,1,2],"b":[4,2,0]}""";
    private const string AlpacaEval = "data/alpaca-eval-rewards.jsonl";

    /// <summary>a becomes 0, 0.5, 1 and b 1, 0.5, 0.</summary>
    [Fact]
    public void Rewards_are_brought_to_a_scale_before_they_are_put_together() => AssertPick(
        1, 0.5, Best(Panel, "--reward-columns", "a,b", "--calibrate", "min-max", "--ensemble", "min"));

    /// <summary>Means 2, 1.5, 1.</summary>
    [Fact]
    public void Steps_happen_in_the_order_in_which_they_are_given()
    {
        AssertPick(0, 1, Best(Panel, "--reward-columns", "a,b", "--ensemble", "mean", "--calibrate", "min-max"));
        AssertPick(0, 1, Best(Panel, "--reward-columns=a,b", "--ensemble=mean", "--calibrate=min-max"));
        AssertPick(0, 1.75, Best(
            Panel, "--reward-columns", "a,b", "--ensemble", "mean", "--calibrate", "clip:0:1.75", "--calibrate", "clip:1:9"));
    }

    /// <summary>Variances 4, 0.25, 1 of means 2, 1.5, 1.</summary>
    [Fact]
    public void An_ensemble_may_distrust_what_it_disagrees_on() => AssertPick(
        1, 1.375, Best(Panel, "--reward-columns", "a,b", "--ensemble", "mean-variance:0.5"));

    [Fact]
    public void Rewards_may_be_fields_of_candidates()
    {
        const string Line = """
            {"id":"x","candidates":[{"id":"p","a":1,"b":5},{"id":"q","b":4,"a":3},{"id":"r","a":null,"b":1,"offset":-Infinity}]}
            """;
        JsonElement row = Best(Line, "--reward-columns", "a,b", "--ensemble", "min");

        AssertPick(1, 3, row);
        Assert.Equal("q", row.GetProperty("candidate").GetString());
    }

    [Fact]
    public void Penalties_take_off_what_length_and_distance_cost()
    {
        const string Line = """
            {"id":1,"candidates":[
            {"reward":1,"length":1000,"log_probability":-1,"reference_log_probability":-2},
            {"reward":0.5,"length":10,"log_probability":-3,"reference_log_probability":-1}]}
            """;
        string line = Line.ReplaceLineEndings("");

        AssertPick(1, 0.5 - 0.01, Best(line, "--penalty", "length:0.001"));
        AssertPick(1, 2.5, Best(line, "--penalty", "kl:1"));
        AssertPick(1, 2.5 - 0.01, Best(line, "--penalty", "kl:1,length:0.001"));
        AssertPick(0, 1, Best(line, "--penalty", "kl:0"));
    }

    [Fact]
    public void Csv_columns_are_taken_likewise()
    {
        const string Csv = "prompt,a,b,length\n1,0,4,7\n1,1,2,7\n1,2,0,7\n";

        AssertPick(1, 0.5 - 0.07, Best(
            Csv,
            "--format",
            "csv",
            "--reward-columns",
            "a,b",
            "--calibrate",
            "min-max",
            "--ensemble",
            "min",
            "--penalty",
            "length:0.01"));
    }

    [Fact]
    public void A_device_takes_the_same_steps()
    {
        string[] steps = ["--reward-columns", "a,b", "--calibrate", "quantile", "--ensemble", "min"];
        ToolResult expected = Tool.Select(Panel, [.. steps, "--device", "reference"]);
        ToolResult actual = Tool.Select(Panel, [.. steps, "--device", "ilgpu-cpu"]);

        Assert.Equal(0, actual.ExitCode);
        Assert.Equal(expected.Output, actual.Output);
    }

    [Theory]
    [InlineData("""{"id":1,"a":[0,1],"b":[1]}""", "1 values of \\\"b\\\" for 2 candidates")]
    [InlineData("""{"id":1,"a":[0,1]}""", "0 values of \\\"b\\\" for 2 candidates")]
    [InlineData("""{"id":1,"a":[0,1],"b":[1,2],"a":[3,4]}""", "\\\"a\\\" is given twice")]
    [InlineData("""{"id":1,"candidates":[{"a":1,"b":2},{"a":1}]}""", "1 values of \\\"b\\\" for 2 candidates")]
    [InlineData("""{"id":1,"candidates":[{"a":1,"b":2,"a":3}]}""", "a candidate's \\\"a\\\" is given twice")]
    [InlineData("""{"id":1,"a":1,"b":[1]}""", "\\\"a\\\" has to be an array")]
    public void A_line_whose_rewards_do_not_fit_is_unreadable(string line, string says)
    {
        ToolResult result = Tool.Select(line, "--reward-columns", "a,b", "--ensemble", "mean");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("-1")]
    [InlineData("null")]
    public void A_length_is_a_whole_number(string length)
    {
        string line = $$"""{"id":1,"candidates":[{"reward":1,"length":{{length}}}]}""";
        Assert.Contains(
            "it has to be a whole number",
            Tool.Select(line, "--penalty", "length:1").Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("make one of them with --ensemble", "--reward-columns", "a,b")]
    [InlineData("needs 2 or more", "--ensemble", "mean")]
    [InlineData("has to be mean|min", "--reward-columns", "a,b", "--ensemble", "median")]
    [InlineData("has to be z-score|", "--calibrate", "zscore")]
    [InlineData("has to be kl:BETA", "--penalty", "size:1")]
    [InlineData("has to be kl:BETA", "--penalty", "kl:1,kl:2")]
    [InlineData("x is no number", "--penalty", "kl:x")]
    [InlineData("at least low", "--calibrate", "clip:2:1")]
    [InlineData("\"a\" twice", "--reward-columns", "a,a")]
    public void Steps_that_do_not_fit_are_a_fault(string says, params string[] options)
    {
        ToolResult result = Tool.Select(Panel, options);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    /// <summary>Rewards are at most 1, so at a price of 2 for a character the shortest answer wins.</summary>
    [SharedFact(AlpacaEval)]
    public void Real_answers_are_chosen_by_length_where_length_is_dear()
    {
        string path = Repository.Shared(AlpacaEval);
        ToolResult result = Tool.Run("", "select", "-i", path, "--lambda", "0", "--noise", "none", "--penalty", "length:2");
        string[] prompts = File.ReadAllLines(path);

        Assert.Equal(prompts.Length, result.Lines.Length);
        for (int i = 0; i < prompts.Length; i++)
        {
            JsonElement[] candidates = [.. JsonDocument.Parse(prompts[i]).RootElement.GetProperty("candidates").EnumerateArray()];
            int pick = JsonDocument.Parse(result.Lines[i]).RootElement.GetProperty("index").GetInt32();
            Assert.Equal(
                candidates.Min(candidate => candidate.GetProperty("length").GetInt32()),
                candidates[pick].GetProperty("length").GetInt32());
        }
    }

    private static JsonElement Best(string input, params string[] options)
    {
        ToolResult result = Tool.Run(input, ["select", "--lambda", "0", "--noise", "none", .. options]);
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        return JsonDocument.Parse(Assert.Single(result.Lines)).RootElement;
    }

    private static void AssertPick(int index, double reward, JsonElement row)
    {
        Assert.Equal(index, row.GetProperty("index").GetInt32());
        Assert.Equal(reward, row.GetProperty("reward").GetDouble(), 1e-6);
    }
}

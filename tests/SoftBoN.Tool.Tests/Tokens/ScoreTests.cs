namespace SoftBoN.Tool.Tests.Tokens;

public sealed class ScoreTests : IDisposable
{
    private readonly NpyFolder _folder = new();

    private string Hidden => _folder.Save("h.npy", 4, 1, 2, 3, 4, 5, 6, 7, 8);

    [Fact]
    public void A_line_per_prompt_has_its_rewards()
    {
        string head = _folder.Save("w.npy", 1, 1, 10);
        string bias = _folder.Save("b.npy", 1, 0.5f);

        Assert.Equal(
            ["{\"id\":0,\"rewards\":[21.5,43.5]}", "{\"id\":1,\"rewards\":[65.5,87.5]}"],
            Score(Hidden, head, 2, "--bias", bias).Lines);
        Assert.Equal(["{\"id\":0,\"rewards\":[21,43,65,87]}"], Score(Hidden, head, 1).Lines);
    }

    [Fact]
    public void Several_heads_are_mixed()
    {
        string heads = _folder.Save("w.npy", 2, 1, 0, 0, 1);
        string mixture = _folder.Save("m.npy", 1, 1, 100);

        Assert.Equal(["{\"id\":0,\"rewards\":[201,403,605,807]}"], Score(Hidden, heads, 1, "--mixture", mixture).Lines);
        Assert.Contains("--mixture FILE", Score(Hidden, heads, 1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_takes_the_lines()
    {
        string head = _folder.Save("w.npy", 1, 1);
        _folder.Save("two.npy", 4, 1, 9, float.NaN, 4);
        string output = _folder.Path("rewards.jsonl");
        ToolResult scored = Tool.Run(
            "", "score", "--hidden", _folder.Path("two.npy"), "--head", head, "--groups", "2", "--output", output);
        string[] picks = Tool.Run("", "select", "--input", output, "--lambda", "0", "--seed", "1").Lines;

        Assert.Equal(0, scored.ExitCode);
        Assert.Equal("{\"id\":1,\"rewards\":[null,4]}", File.ReadAllLines(output)[1]);
        Assert.Contains("\"index\":1", picks[0], StringComparison.Ordinal);
        Assert.Contains("reward_nan", picks[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rewards.parquet")]
    [InlineData("rewards.arrow")]
    public void Columns_hold_what_lines_hold(string name)
    {
        string head = _folder.Save("w.npy", 1, 1);
        _folder.Save("two.npy", 4, 1, 9, float.NaN, 4);
        string output = _folder.Path(name);
        string[] score = ["score", "--hidden", _folder.Path("two.npy"), "--head", head, "--groups", "2"];
        string[] select = ["select", "--lambda", "0.5", "--seed", "1"];

        Assert.Equal(0, Tool.Run("", [.. score, "--output", output]).ExitCode);
        Assert.Equal(
            Tool.Run(Tool.Run("", score).Output, select).Output, Tool.Run("", [.. select, "--input", output]).Output);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        string head = _folder.Save("w.npy", 1, 1, 10);

        Assert.Contains("does not divide", Score(Hidden, head, 3).Error, StringComparison.Ordinal);
        Assert.Contains(
            "a weight for each", Score(Hidden, _folder.Save("x.npy", 1, 1, 2, 3), 2).Error, StringComparison.Ordinal);
        Assert.Contains(
            "finite", Score(Hidden, _folder.Save("y.npy", 1, 1, float.NaN), 2).Error, StringComparison.Ordinal);
        Assert.Contains(
            "there are 1 heads",
            Score(Hidden, head, 2, "--bias", _folder.Save("z.npy", 1, 1, 2)).Error,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ToolResult Score(string hidden, string head, int groups, params string[] rest) =>
        Tool.Run("", ["score", "--hidden", hidden, "--head", head, "--groups", $"{groups}", .. rest]);
}

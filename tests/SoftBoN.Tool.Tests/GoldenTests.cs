namespace SoftBoN.Tool.Tests;

/// <summary>
/// Whole outputs, to the byte, on every machine. After a change that is meant to change them, Golden/regenerate.sh
/// writes the new ones.
/// </summary>
public class GoldenTests
{
    private const string Folder = "tests/SoftBoN.Tool.Tests/Golden";

    [Theory]
    [InlineData("samples/prompts.jsonl", "prompts", "select --lambda 0.1 --seed 42")]
    [InlineData("samples/prompts.csv", "csv", "select --target-ess 2 --seed 42 --majority")]
    [InlineData(Folder + "/edges.jsonl", "edges-kl", "select --target-kl 0.3 --seed 42 --majority --weights")]
    [InlineData(Folder + "/edges.jsonl", "edges-draws", "select --lambda 0.1 --seed 42 --draws 3 --distinct")]
    [InlineData(Folder + "/edges.jsonl", "edges-race", "select --lambda 0.1 --seed 42 --noise uniform-race --draws 2")]
    [InlineData(Folder + "/edges.jsonl", "edges-weights", "weights --lambda 0.1 --allow-negative-lambda")]
    public void Outputs_stay_as_they_are(string input, string name, string command)
    {
        ToolResult result = Tool.Run("", [.. command.Split(' '), "--input", Repository.File(input)]);
        string expected = File.ReadAllText(Repository.File($"{Folder}/{name}.expected.jsonl"));
        Assert.Equal(expected, result.Output);
    }
}

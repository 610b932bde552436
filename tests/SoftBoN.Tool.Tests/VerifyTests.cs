using System.Text.Json;

namespace SoftBoN.Tool.Tests;

public class VerifyTests
{
    private const int RandomRows = 20_000;

    [Fact]
    public void All_backends_return_the_expected_bits_and_agree_on_random_rows()
    {
        ToolResult result = Tool.Run("", "verify", "--random", $"{RandomRows}", "--seed", "9", "--json");
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement[] vectors = [.. json.RootElement.GetProperty("vectors").EnumerateArray()];
        JsonElement[] random = [.. json.RootElement.GetProperty("random").EnumerateArray()];

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0, json.RootElement.GetProperty("mismatches").GetInt32());
        Assert.Equal(9u, json.RootElement.GetProperty("seed").GetUInt64());
        Assert.All(random, tally => Assert.Equal(
            RandomRows, tally.GetProperty("cases").GetInt32() + tally.GetProperty("left_out").GetInt32()));
        foreach (IGrouping<string?, JsonElement> operation in vectors.Concat(random)
            .GroupBy(tally => tally.GetProperty("operation").GetString() + tally.GetProperty("cases").GetInt32()))
        {
            Assert.Single(operation.Select(tally => tally.GetProperty("hash").GetString()).Distinct());
        }
    }

    [Fact]
    public void The_table_has_a_row_for_each_operation_of_the_backend()
    {
        ToolResult result = Tool.Run("", "verify", "--backend", "reference");

        Assert.Equal(0, result.ExitCode);
        foreach (string stem in new[] { "numerics", "soft-weights", "selection", "weighted-majority", "token-tilt", "reward-scoring" })
        {
            string line = Assert.Single(
                result.Lines, line => line.TrimStart().StartsWith(stem, StringComparison.Ordinal));
            Assert.Contains("reference", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Vectors_are_written_as_they_are_committed()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ToolResult result = Tool.Run("", "verify", "--write", folder);
            string[] written = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);

            Assert.Equal(0, result.ExitCode);
            Assert.NotEmpty(written);
            Assert.All(written, path => Assert.Equal(
                File.ReadAllText(Repository.File("tests/vectors/" + Path.GetRelativePath(folder, path))),
                File.ReadAllText(path)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_unknown_backend_is_refused()
    {
        ToolResult result = Tool.Run("", "verify", "--backend", "abacus");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--backend abacus is not known", result.Error, StringComparison.Ordinal);
    }
}

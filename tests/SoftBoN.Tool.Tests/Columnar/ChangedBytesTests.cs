namespace SoftBoN.Tool.Tests.Columnar;

/// <summary>Whatever bytes of a part change, the run goes through, and the other parts come out as they were.</summary>
public class ChangedBytesTests
{
    private const int Tries = 60;

    [Theory]
    [InlineData("parquet", false)]
    [InlineData("parquet", true)]
    [InlineData("arrow", false)]
    [InlineData("arrow", true)]
    public void A_run_over_changed_bytes_ends_with_code_0_or_2(string format, bool isLong)
    {
        using var folder = new WorkFolder();
        SelectColumnsTests.Write(folder, Panel.Prompts(60, seed: 71), isLong, 16, 3);
        string[] reward = ["--reward-column", isLong ? "reward" : "rewards"];
        Tool.Select("", ["--input", folder["in"], "--output", folder["parts"], "--output-format", format, "--annotate"]);
        string victim = folder[$"parts/part-1.{format}"];
        byte[] whole = File.ReadAllBytes(victim);
        string[] last = Run(folder, reward).Lines[^5..];
        var random = new Random(72);
        for (int i = 0; i < Tries; i++)
        {
            File.WriteAllBytes(victim, Change(whole, random, i % 3));

            ToolResult run = Run(folder, reward);

            Assert.True(run.ExitCode is 0 or 2, $"try {i}: {run.ExitCode}, {run.Error}");
            Assert.Equal(last, run.Lines[^5..]);
            bool isNamed = (run.Error + run.Output).Contains("part-1." + format, StringComparison.Ordinal);
            Assert.True(run.ExitCode == 0 || isNamed, run.Error);
        }
    }

    /// <summary>Some bytes in the index at the end, some anywhere, or a piece of zeros.</summary>
    private static byte[] Change(byte[] whole, Random random, int kind)
    {
        byte[] bytes = [.. whole];
        if (kind == 2)
        {
            int at = random.Next(bytes.Length);
            bytes.AsSpan(at, Math.Min(random.Next(1, 400), bytes.Length - at)).Clear();
            return bytes;
        }

        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = kind == 0 ? bytes.Length - 1 - random.Next(Math.Min(3000, bytes.Length)) : random.Next(bytes.Length);
            bytes[at] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static ToolResult Run(WorkFolder folder, string[] reward) =>
        Tool.Select("", ["--input", folder["parts"], "--memory", "256M", .. reward]);
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx.Tests;

/// <summary>What docs/benchmarks.md says of kernels is what tools/cuda/golden.tsv has.</summary>
public sealed partial class DocumentedSlotsTests
{
    /// <summary>A thread takes four elements in each pass of a loop.</summary>
    private const double ElementsOfPass = 4;

    [Fact]
    public void The_table_of_issue_slots_is_that_of_the_committed_figures()
    {
        Dictionary<string, int> instructions = GoldenFigures
            .Parse(File.ReadAllText(Repository.File("tools/cuda/golden.tsv"))).Figures
            .Where(figures => figures.Target == "sm_90")
            .ToDictionary(figures => figures.Kernel, figures => figures.MainInstructions);
        MatchCollection rows = Row().Matches(File.ReadAllText(Repository.File("docs/benchmarks.md")));
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal(Spell(instructions[row.Groups[1].Value]), row.Groups[2].Value));
    }

    private static string Spell(int count) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} | {Math.Round(count / ElementsOfPass, 1, MidpointRounding.AwayFromZero):F1}");

    [GeneratedRegex(@"^\| `(\w+\.\w+\.Shuffle)` \|[^|]*\| (\d+ \| [\d.]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx.Tests;

/// <summary>What docs/benchmarks.md says of kernels is what tools/cuda/golden.tsv has.</summary>
public sealed partial class DocumentedSlotsTests
{
    [Fact]
    public void The_table_of_issue_slots_is_that_of_the_committed_figures()
    {
        Dictionary<string, int> instructions = GoldenFigures
            .Parse(File.ReadAllText(Repository.File("tools/cuda/golden.tsv"))).Figures
            .Where(figures => figures.Target == "sm_90")
            .ToDictionary(figures => figures.Kernel, figures => figures.MainInstructions);
        MatchCollection rows = Row().Matches(File.ReadAllText(Repository.File("docs/benchmarks.md")));
        Assert.Equal(10, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            Spell(instructions[row.Groups["kernel"].Value], row.Groups["elements"].Value), row.Groups["figures"].Value));
    }

    private static string Spell(int count, string elements)
    {
        double slots = count / double.Parse(elements, CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} | {elements} | {Math.Round(slots, 1, MidpointRounding.AwayFromZero):F1}");
    }

    [GeneratedRegex(
        @"^\| `(?<kernel>\w+\.\w+\.Shuffle( \([^)]*\))?)` \|[^|]*\| (?<figures>\d+ \| (?<elements>\d+) \| [\d.]+) \|$",
        RegexOptions.Multiline)]
    private static partial Regex Row();
}

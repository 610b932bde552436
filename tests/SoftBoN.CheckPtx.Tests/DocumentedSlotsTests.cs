using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx.Tests;

/// <summary>What docs/benchmarks.md says of kernels is what tools/cuda/golden.tsv has.</summary>
public sealed partial class DocumentedSlotsTests
{
    private const double SlotsOfBalance = 40;

    [Fact]
    public void The_table_of_issue_slots_is_that_of_the_committed_figures()
    {
        Dictionary<string, double> slots = GoldenFigures.Parse(File.ReadAllText(Repository.File("tools/cuda/golden.tsv"))).Figures
            .Where(figures => figures.Target == "sm_90")
            .ToDictionary(figures => figures.Kernel, figures => 4.0 * figures.MainInstructions / figures.MainBytes);
        MatchCollection rows = Row().Matches(File.ReadAllText(Repository.File("docs/benchmarks.md")));
        Assert.Equal(7, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{slots[row.Groups[1].Value]:F1} | {100 * slots[row.Groups[1].Value] / SlotsOfBalance:F0}%"),
            row.Groups[2].Value));
    }

    [GeneratedRegex(@"^\| `(\w+\.\w+\.Shuffle)` \|[^|]*\| ([\d.]+ \| \d+%) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

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
        Dictionary<string, double> slots = File.ReadLines(Repository.File("tools/cuda/golden.tsv"))
            .Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 8 && fields[1] == "sm_90")
            .ToDictionary(fields => fields[0], fields => 4 * Number(fields[6]) / Number(fields[7]));
        MatchCollection rows = Row().Matches(File.ReadAllText(Repository.File("docs/benchmarks.md")));
        Assert.Equal(8, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{slots[row.Groups[1].Value]:F1} | {100 * slots[row.Groups[1].Value] / SlotsOfBalance:F0}%"),
            row.Groups[2].Value));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(\w+\.\w+\.Shuffle)` \|[^|]*\| ([\d.]+ \| \d+%) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

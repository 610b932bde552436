using System.Globalization;
using System.Text;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>Tables of comparisons for documents.</summary>
internal static class ComparisonTable
{
    /// <summary>The cases on one thread of which something is asked, beside the scalar reference.</summary>
    public static string OfRequired(Report report)
    {
        var table = new StringBuilder();
        table.Append("| job | rows x n | ns per candidate | scalar reference | peer's time over ours | share of read bandwidth |\n");
        table.Append("| --- | --- | ---: | ---: | ---: | ---: |\n");
        foreach (CaseSummary one in report.Cases.Where(c => c.Required > 0.0 && c.Contenders.Any(IsReference)))
        {
            ContenderSummary ours = one.Contenders[0];
            double reference = one.Contenders.First(IsReference).NanosecondsPerElement.Median;
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {Job(one)} | {ShapeOf(ours)} | {ours.NanosecondsPerElement.Median:F2} | {reference:F0} | ");
            table.Append(CultureInfo.InvariantCulture, $"{one.Achieved:F2}x | {100.0 * ours.ShareOfRead:F0}% |\n");
        }

        return table.ToString();
    }

    /// <summary>Every case against every peer: below 1 the peer is ahead.</summary>
    public static string OfPeers(Report report)
    {
        StringBuilder table = Begin(report);
        table.Append("| job | rows x n | ours, ns | peers' time over ours: median, and their best process's | |\n");
        table.Append("| --- | --- | ---: | --- | --- |\n");
        foreach (CaseSummary one in report.Cases)
        {
            ContenderSummary ours = one.Contenders[0];
            string peers = string.Join("; ", one.Contenders.Where(c => c.Is(Role.Peer)).Select(c => string.Create(
                CultureInfo.InvariantCulture, $"{c.Name} {c.OursIsFaster.Median:F2}, {c.OursIsFasterThanItsBest:F2}")));
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {Job(one)} | {ShapeOf(ours)} | {ours.NanosecondsPerElement.Median:F2} | {peers} | ");
            table.Append(one.Achieved >= 1.0 ? "ahead |\n" : "**behind** |\n");
        }

        return table.ToString();
    }

    /// <summary>Pairs: what ours costs over what it does without.</summary>
    public static string OfPairs(Report report)
    {
        StringBuilder table = Begin(report);
        table.Append("| what | rows x n | ours, ns | without, ns | ours over without |\n| --- | --- | ---: | ---: | ---: |\n");
        foreach (CaseSummary one in report.Cases)
        {
            ContenderSummary ours = one.Contenders[0];
            foreach (ContenderSummary other in one.Contenders.Skip(1))
            {
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"| {Job(one)}: {ours.Name} against {other.Name} | {ShapeOf(ours)} | {ours.NanosecondsPerElement.Median:F3} | ");
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"{other.NanosecondsPerElement.Median:F3} | {1.0 / other.OursIsFaster.Median:F2}x |\n");
            }
        }

        return table.ToString();
    }

    /// <summary>What to know before a figure is quoted, and the command.</summary>
    private static StringBuilder Begin(Report report)
    {
        double share = report.Cases.Min(one => one.CpuShare);
        HostEnvironment host = report.Environment;
        return new StringBuilder()
            .Append(share < MarkdownReport.Undisturbed
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"**Not quiet: a process had only {share:P0} of a processor. Do not quote this.**\n\n")
                : "")
            .Append(CultureInfo.InvariantCulture, $"{host.Processor}, {host.LogicalProcessors} processors, {host.Runtime}; ")
            .Append(CultureInfo.InvariantCulture, $"`{report.Command}`.\n\n");
    }

    private static string Job(CaseSummary one) => one.Case[..one.Case.LastIndexOf('/')];

    private static string ShapeOf(ContenderSummary one) => one.Shape.Replace("x", " x ", StringComparison.Ordinal);

    private static bool IsReference(ContenderSummary contender) => contender.Name == "SoftBoN reference";
}

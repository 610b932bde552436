using System.Globalization;
using System.Text;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>The tables for people.</summary>
internal static class MarkdownReport
{
    /// <summary>A case on one thread that had less of its processor than this was disturbed.</summary>
    public const double Undisturbed = 0.97;

    public static string Of(Report report)
    {
        var text = new StringBuilder();
        text.Append("# Ours and the peers, in turn\n\n");
        WriteEnvironment(text, report);
        WriteRequirements(text, report.Cases);
        WriteFigures(text, report.Cases);
        WriteModes(text, report.Cases);
        return text.ToString();
    }

    private static void WriteEnvironment(StringBuilder text, Report report)
    {
        HostEnvironment host = report.Environment;
        Line(text, $"{host.Processor}, {host.LogicalProcessors} processors, Vector<T> of {host.VectorBits} bits, ");
        Line(text, $"{string.Join(", ", host.InstructionSets)}; {host.Runtime} on {host.OperatingSystem}; ");
        Line(text, $"System.Numerics.Tensors {host.Peer.Split('+')[0]}.\n");
        Line(text, $"`{report.Command}`\n");
        double share = report.Cases.Min(c => c.CpuShare);
        if (share >= Undisturbed)
        {
            Line(text, $"The machine was quiet: each process had {100.0 * share:F0}% of a processor or more.\n");
        }
        else
        {
            Line(text, $"**Not quiet: a process had only {100.0 * share:F0}% of a processor. Do not quote this.**\n");
        }
    }

    private static void WriteRequirements(StringBuilder text, IReadOnlyList<CaseSummary> cases)
    {
        if (cases.All(one => one.Required == 0.0))
        {
            return;
        }

        text.Append("## What is asked\n\n");
        text.Append("Ratios are times over ours. Measured: the stated composition's, as the median over rounds or");
        text.Append(" from its best process, whichever is less. Fastest: the best process of any peer in any mode");
        text.Append(" of the compiler, over ours in the default mode.\n\n");
        text.Append("| case | asked | measured | over fastest | allocated per call | |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | --- |\n");
        foreach (CaseSummary one in cases.Where(c => c.Required > 0.0))
        {
            string verdict = one.IsMet ? "met" : "**missed**";
            Line(text, $"| {one.Case} | {one.Required:F1}x | {Achieved(one)} | {verdict} |");
        }

        text.Append('\n');
    }

    private static string Achieved(CaseSummary one) =>
        Text($"{one.Achieved:F2}x | {one.AchievedAgainstFastest:F2}x | ")
        + Text($"{one.Contenders[0].AllocatedBytesPerCall:F0} B");

    private static void WriteFigures(StringBuilder text, IReadOnlyList<CaseSummary> cases)
    {
        text.Append("## Figures\n\n");
        text.Append("ns per element: median of the processes' medians, and quartiles over processes. GB/s: the least");
        text.Append(" bytes, 4 read per element and what is written. Of read: against a bare sum of the same input in");
        text.Append(" the same rounds, on one thread. Ratio: its time over ours, median and quartiles over rounds.");
        text.Append("\n\n");
        text.Append("| case | contender | ns/element | Gelem/s | GB/s | of read | ratio | to its best |\n");
        text.Append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (CaseSummary one in cases)
        {
            foreach (ContenderSummary c in one.Contenders)
            {
                Line(text, $"| {one.Case} | {c.Name} | {Figures(c)} | {Ratios(c, one.Contenders[0])} |");
            }
        }

        text.Append('\n');
    }

    private static string Figures(ContenderSummary c)
    {
        Quartiles ns = c.NanosecondsPerElement;
        string share = c.ShareOfRead > 0.0 ? Text($"{100.0 * c.ShareOfRead:F0}%") : "";
        return Text($"{ns.Median:F3} [{ns.Lower:F3}, {ns.Upper:F3}] | {c.ElementsPerSecond / 1e9:F2} | ")
            + Text($"{c.GigabytesPerSecond:F1} | {share}");
    }

    private static string Ratios(ContenderSummary c, ContenderSummary first)
    {
        Quartiles ratio = c.OursIsFaster;
        return c == first || !first.Is(Role.Ours)
            ? " | "
            : Text($"{ratio.Median:F2} [{ratio.Lower:F2}, {ratio.Upper:F2}] | {c.OursIsFasterThanItsBest:F2}");
    }

    private static void WriteModes(StringBuilder text, IReadOnlyList<CaseSummary> cases)
    {
        string[] modes = [.. cases[0].Contenders[0].NanosecondsPerElementByMode.Keys];
        text.Append("## Modes of the compiler\n\nns per element, median of the processes of each mode.\n\n");
        Line(text, $"| case | contender | {string.Join(" | ", modes)} | best process |");
        Line(text, $"| --- | --- | {string.Join(" | ", modes.Select(_ => "---:"))} | ---: |");
        foreach (CaseSummary one in cases)
        {
            foreach (ContenderSummary c in one.Contenders.Where(c => !c.Is(Role.Beside)))
            {
                string times = string.Join(" | ", modes.Select(m => Text($"{c.NanosecondsPerElementByMode[m]:F3}")));
                Line(text, $"| {one.Case} | {c.Name} | {times} | {c.BestNanosecondsPerElement:F3} |");
            }
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Text(line)).Append('\n');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

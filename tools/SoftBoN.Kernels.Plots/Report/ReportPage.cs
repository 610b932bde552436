using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Kernels.Plots.Report;

/// <summary>A named value to be told.</summary>
internal readonly record struct Fact(string Name, string Value);

/// <summary>A part of a report under a heading of its own.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Paragraphs">What it says, as plain text.</param>
/// <param name="Charts">Its plots.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record ReportSection(
    string Heading, IReadOnlyList<string> Paragraphs, IReadOnlyList<Chart> Charts, IReadOnlyList<DataTable> Tables);

/// <summary>A report that fits in one file.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Lead">What it is about, as plain text.</param>
/// <param name="Command">The command that makes it again.</param>
/// <param name="Sections">Its parts.</param>
/// <param name="Parameters">What its numbers depend on.</param>
/// <param name="Environment">Where they were computed.</param>
internal sealed record ReportPage(
    string Title,
    string Lead,
    string Command,
    IReadOnlyList<ReportSection> Sections,
    IReadOnlyList<Fact> Parameters,
    IReadOnlyList<Fact> Environment);

using System.IO.Enumeration;

namespace SoftBoN.CheckPtx;

/// <summary>
/// Findings that somebody looked at and let stand, each with the reason. An entry of no use is a finding.
/// </summary>
internal sealed class AcceptedFindings
{
    private const int Columns = 4;

    private readonly (string Kernel, string Target, string Rule, string Reason)[] entries;

    /// <param name="text">
    /// A line each: kernel, target, the start of the rule, the reason, with a tabulator between. <c>*</c> in a kernel
    /// stands
    /// for anything; a line with <c>#</c> is a comment.
    /// </param>
    public AcceptedFindings(string text) => entries =
    [
        .. from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           where !line.StartsWith('#')
           let cells = line.Split('\t')
           select cells.Length == Columns && cells.All(cell => cell.Trim().Length > 0)
               ? (cells[0], cells[1], cells[2], cells[3].Trim())
               : throw new FormatException($"'{line}' has to have kernel, target, rule and reason, none empty."),
    ];

    /// <summary>The reason for which a finding may stand; null where there is none.</summary>
    public string? ReasonFor(Finding finding) =>
        entries.Where(entry => Covers(entry, finding)).Select(entry => entry.Reason).FirstOrDefault();

    /// <summary>A finding for every entry that nothing needs any more.</summary>
    public IEnumerable<Finding> Unused(IReadOnlyCollection<Finding> findings) =>
        from entry in entries
        where !findings.Any(finding => Covers(entry, finding))
        select new Finding(entry.Kernel, entry.Target, "is accepted but not there", $"delete '{entry.Rule}' from the list");

    private static bool Covers((string Kernel, string Target, string Rule, string Reason) entry, Finding finding) =>
        FileSystemName.MatchesSimpleExpression(entry.Kernel, finding.Kernel, ignoreCase: false)
        && entry.Target == finding.Target
        && finding.Rule.StartsWith(entry.Rule, StringComparison.Ordinal);
}

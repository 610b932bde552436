using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>A pattern that no line of a kernel's text may have.</summary>
/// <param name="Pattern">Sought in every line.</param>
/// <param name="Message">What is wrong, and what to do about it.</param>
internal sealed record TextRule(Regex Pattern, string Message)
{
    /// <summary>The rules that some line breaks, with the first such line and how many there are.</summary>
    public static IEnumerable<(string Message, string Evidence)> Broken(
        IEnumerable<TextRule> rules, IReadOnlyCollection<string> lines)
    {
        foreach (TextRule rule in rules)
        {
            string[] broken = [.. lines.Where(line => rule.Pattern.IsMatch(line))];
            if (broken.Length > 0)
            {
                string more = broken.Length > 1 ? $" (and {broken.Length - 1} more)" : "";
                yield return (rule.Message, broken[0].Trim() + more);
            }
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>What a kernel takes of a multiprocessor.</summary>
/// <param name="Registers">A thread.</param>
/// <param name="StackBytes">A thread's local memory.</param>
/// <param name="SpillBytes">Registers that did not fit, stores and loads.</param>
/// <param name="SharedBytes">A group, as far as it is known before the launch.</param>
internal sealed partial record KernelResources(int Registers, int StackBytes, int SpillBytes, int SharedBytes)
{
    /// <summary>What <c>ptxas -v</c> prints about one entry point, other functions of the text left out.</summary>
    public static KernelResources Parse(string output, string entry)
    {
        string rest = output[Math.Max(0, output.IndexOf($"entry function '{entry}'", StringComparison.Ordinal))..];
        Match memory = Memory().Match(rest);
        Match registers = Used().Match(rest);
        if (!memory.Success || !registers.Success)
        {
            throw new InvalidOperationException($"ptxas says nothing about {entry}: {output.Trim()}");
        }

        return new(
            Number(registers, "registers"),
            Number(memory, "stack"),
            Number(memory, "stores") + Number(memory, "loads"),
            Shared().Match(registers.Value) is { Success: true } shared ? Number(shared, "shared") : 0);
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<stack>\d+) bytes stack frame, (?<stores>\d+) bytes spill stores, (?<loads>\d+) bytes spill")]
    private static partial Regex Memory();

    [GeneratedRegex(@"Used (?<registers>\d+) registers[^\n]*")]
    private static partial Regex Used();

    [GeneratedRegex(@"(?<shared>\d+) bytes smem")]
    private static partial Regex Shared();
}

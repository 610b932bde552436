using System.CommandLine;
using System.Globalization;
using SoftBoN.Kernels.Jobs.Results;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using Spectre.Console;

namespace SoftBoN.Tool.Bench;

/// <summary>Two runs side by side: what moved beyond the spread.</summary>
internal sealed class BenchCompareCommand : ToolCommand
{
    private readonly ToolHost _host;
    private readonly Argument<string> _before = new("A") { Description = "The folder of the run before." };
    private readonly Argument<string> _after = new("B") { Description = "The folder of the run after." };

    public BenchCompareCommand(ToolHost host)
        : base("compare", "Compare two runs of one machine, and mark what moved beyond the spread.")
    {
        _host = host;
        Add(_before);
        Add(_after);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples => ["softbon bench compare bench-before bench-after"];

    private int Run(ParseResult parsed)
    {
        BenchFile before = Read(parsed.GetRequiredValue(_before));
        BenchFile after = Read(parsed.GetRequiredValue(_after));
        RefuseUnlike(before, after);
        var earlier = before.Rows.ToDictionary(row => row.Key);
        (BenchRow Before, BenchRow After)[] pairs = [.. after.Rows
            .Where(row => earlier.ContainsKey(row.Key))
            .Select(row => (earlier[row.Key], row))];
        if (pairs.Length == 0)
        {
            throw new FaultException("the runs have no case in common; measure the same operations and shapes");
        }

        using StreamWriter output = _host.OpenText();
        Write(pairs, before, after, Tables.Console(output, _host.OutputIsTerminal));
        return ExitCodes.Done;
    }

    /// <summary>Faster or slower where the quartiles of the runs do not overlap; else nothing.</summary>
    internal static string Verdict(BenchRow before, BenchRow after) =>
        after.Nanoseconds.Upper < before.Nanoseconds.Lower ? "faster"
        : after.Nanoseconds.Lower > before.Nanoseconds.Upper ? "slower"
        : "";

    private static BenchFile Read(string folder)
    {
        string path = Path.Combine(folder, BenchFile.Name);
        try
        {
            return BenchFile.Read(path);
        }
        catch (InvalidDataException fault)
        {
            throw new FaultException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(
                $"{path} cannot be read: {FaultException.Reason(fault).TrimEnd('.')}; name a folder of softbon bench",
                fault);
        }
    }

    private static void RefuseUnlike(BenchFile before, BenchFile after)
    {
        foreach (string name in before.Environment.Keys.Union(after.Environment.Keys))
        {
            string earlier = before.Environment.GetValueOrDefault(name, "not there");
            string later = after.Environment.GetValueOrDefault(name, "not there");
            if (earlier != later)
            {
                throw new FaultException(
                    $"the runs cannot be compared: {name} is {earlier} in one and {later} in the other; "
                    + "measure both in one place with the same options");
            }
        }
    }

    private static void Write(
        (BenchRow Before, BenchRow After)[] pairs, BenchFile before, BenchFile after, IAnsiConsole console)
    {
        console.WriteLine($"A: {before.Version}, B: {after.Version}");
        Table table = Tables.Create("case", "engine", "mode", "A, ns", "B, ns", "B / A", "");
        foreach ((BenchRow earlier, BenchRow later) in pairs)
        {
            table.AddTextRow(
                later.Case,
                later.Name,
                later.Mode,
                Tables.Number(earlier.Nanoseconds.Median),
                Tables.Number(later.Nanoseconds.Median),
                (later.Nanoseconds.Median / earlier.Nanoseconds.Median).ToString("F2", CultureInfo.InvariantCulture),
                Verdict(earlier, later));
        }

        console.Write(table);
        int moved = pairs.Count(pair => Verdict(pair.Before, pair.After).Length > 0);
        console.WriteLine($"{moved} of {pairs.Length} moved: their quartiles do not overlap.");
    }
}

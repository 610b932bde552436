using System.Diagnostics;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>Measures every case in several processes and writes the tables.</summary>
/// <param name="cases">The cases.</param>
/// <param name="name">The comparison's name: the program's first argument, and what the files are called.</param>
/// <param name="project">The program's project, for the command that repeats a run.</param>
internal sealed class CompareCommand(IReadOnlyList<CatalogueEntry> cases, string name, string project)
{
    public const string Name = "compare";

    /// <summary>Runs what the arguments after the comparison's name say: the comparison, or a process of it.</summary>
    public int Run(ReadOnlySpan<string> args) => args is [ChildProcess.Command, .. var child]
        ? ChildProcess.Run(cases, child)
        : Compare(CompareOptions.Parse(args));

    private int Compare(CompareOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        var summaries = new List<CaseSummary>();
        foreach (int number in CasesOf(options))
        {
            summaries.Add(Measure(number, options));
        }

        if (summaries.Count == 0)
        {
            throw new ArgumentException($"No case's name contains '{options.Filter}'; leave out --case to run all.");
        }

        string command = $"dotnet run -c Release --project {project} -- {Shown(options)}";
        string folder = new Report(HostEnvironment.Current(), command, summaries).Write(options.Directory, name);
        Console.WriteLine(File.ReadAllText(Path.Combine(folder, name + ".md")));
        Console.WriteLine($"Written to {folder} in {Stopwatch.GetElapsedTime(start).TotalMinutes:F1} minutes.");
        return 0;
    }

    private List<int> CasesOf(CompareOptions options)
    {
        bool asks = cases.Any(entry => entry.Required > 0.0);
        var numbers = new List<int>();
        for (int i = 0; i < cases.Count; i++)
        {
            CatalogueEntry entry = cases[i];
            if (entry.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)
                && (entry.Required > 0.0 || !options.Quick || !asks))
            {
                numbers.Add(i);
            }
        }

        return numbers;
    }

    private CaseSummary Measure(int number, CompareOptions options)
    {
        var processes = new List<ProcessMeasurement>();
        for (int i = 0; i < options.Processes; i++)
        {
            processes.Add(ChildProcess.Measure(name, number, JitMode.Default, options));
        }

        processes.AddRange(options.OtherModes.Select(mode => ChildProcess.Measure(name, number, mode, options)));
        var summary = CaseSummary.Of(cases[number], processes);
        string asked = summary.Required > 0.0 ? $", {summary.Required:F1}x asked, {summary.Achieved:F2}x measured" : "";
        Console.Error.WriteLine($"{summary.Case}: {summary.Contenders[0].NanosecondsPerElement.Median:F3} ns{asked}");
        return summary;
    }

    /// <summary>The options that change figures; where they are written does not.</summary>
    private string Shown(CompareOptions options)
    {
        string filter = options.Filter.Length == 0 ? "" : $" --case \"{options.Filter}\"";
        return $"{name}{(options.Quick ? " --quick" : "")} --processes {options.Processes}{filter}";
    }
}

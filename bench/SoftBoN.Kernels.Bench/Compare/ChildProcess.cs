using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>A process of its own for each measurement of a case: a new compilation, a new place in memory.</summary>
internal static class ChildProcess
{
    /// <summary>The command that a child runs.</summary>
    public const string Command = "measure";

    /// <summary>Measures a case in another process and waits for it.</summary>
    public static ProcessMeasurement Measure(string comparison, int caseNumber, JitMode jit, CompareOptions options)
    {
        ProcessStartInfo start = Start(comparison, caseNumber, options);
        if (jit.Variable is not null)
        {
            start.Environment[jit.Variable] = jit.Value;
        }

        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException($"Case {caseNumber} ended with {child.ExitCode}; its error is above.");
        }

        return new ProcessMeasurement(jit.Name, JsonSerializer.Deserialize<CaseMeasurement>(output)!);
    }

    /// <summary>What the child does: measures and prints.</summary>
    public static int Run(IReadOnlyList<CatalogueEntry> cases, ReadOnlySpan<string> args)
    {
        int caseNumber = int.Parse(args[0], CultureInfo.InvariantCulture);
        int rounds = int.Parse(args[1], CultureInfo.InvariantCulture);
        double warmUp = double.Parse(args[2], CultureInfo.InvariantCulture);
        CatalogueEntry entry = cases[caseNumber];
        using WorkCase work = entry.Make(entry.Shape);
        Console.Out.Write(JsonSerializer.Serialize(new RoundRobin(work, rounds, TimeSpan.FromSeconds(warmUp)).Run()));
        return 0;
    }

    /// <summary>
    /// Memory that is freed stays with the process: by default glibc gives large blocks back and has them faulted in anew, which
    /// would be most of what a peer costs that makes its results in new memory.
    /// </summary>
    private static void KeepFreedMemory(ProcessStartInfo start)
    {
        const string Plenty = "1073741824";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = Plenty;
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = Plenty;
    }

    private static ProcessStartInfo Start(string comparison, int caseNumber, CompareOptions options)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        KeepFreedMemory(start);
        start.ArgumentList.Add(comparison);
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(caseNumber.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(options.Rounds.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(options.WarmUpSeconds.ToString(CultureInfo.InvariantCulture));
        return start;
    }
}

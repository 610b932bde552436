using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SoftBoN.Tool.Tests;

/// <summary>The tool as a process of its own.</summary>
internal static class ToolProcess
{
    private const int InterruptSignal = 2;
    private const int TerminateSignal = 15;
    private const int ContinueSignal = 18;
    private const int StopSignal = 19;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The built tool.</summary>
    public static string ToolPath => Path.Combine(AppContext.BaseDirectory, "softbon.dll");

    /// <summary>What runs it.</summary>
    public static string Dotnet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? Environment.ProcessPath!
        : "dotnet";

    /// <summary>Runs it in a folder to its end.</summary>
    public static async Task<(int Code, string Error)> Run(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return await End(process);
    }

    /// <summary>Interrupts it as soon as a condition holds.</summary>
    public static async Task<(int Code, string Error)> RunAndInterrupt(
        string folder, Func<bool> condition, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        var waited = Stopwatch.StartNew();
        while (!process.HasExited && !condition() && waited.Elapsed < Patience)
        {
            await Task.Delay(2);
        }

        Interrupt(process);
        return await End(process);
    }

    /// <summary>What Ctrl-C does.</summary>
    public static void Interrupt(Process process) => Assert.Equal(0, Kill(process.Id, InterruptSignal));

    /// <summary>What kill does.</summary>
    public static void Terminate(Process process) => Assert.Equal(0, Kill(process.Id, TerminateSignal));

    /// <summary>Holds it up until <see cref="Continue"/>.</summary>
    public static void Pause(Process process) => Assert.Equal(0, Kill(process.Id, StopSignal));

    /// <summary>Lets it go on.</summary>
    public static void Continue(Process process) => Assert.Equal(0, Kill(process.Id, ContinueSignal));

    /// <summary>Waits, while it runs, until a condition holds.</summary>
    public static async Task WaitFor(Process process, Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.False(process.HasExited, "it ended before what was waited for");
            Assert.True(waited.Elapsed < Patience, "what was waited for did not come");
            await Task.Delay(2);
        }
    }

    /// <summary>Starts it in a folder.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet, [ToolPath, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<(int Code, string Error)> End(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await output;
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, error);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// Processor time of single threads, in which waiting does not count. Linux tells it; other systems are not asked.
/// </summary>
internal static partial class ThreadClock
{
    /// <summary>How the threads of engines begin their names.</summary>
    private const string EngineThread = "SoftBoN";

    // Numbers of clocks, from Linux's time.h and posix-timers.h.
    private const int OwnThread = 3;
    private const int ScheduledPerThread = 6;
    private const int BitsOfKind = 3;

    public static bool IsThere { get; } = OperatingSystem.IsLinux() && Works();

    /// <summary>What this thread has used so far, in nanoseconds; 0 where nothing tells.</summary>
    public static long Now => IsThere ? Read(OwnThread) : 0;

    /// <summary>What the engines' own threads have used so far, in nanoseconds; callers' threads are not theirs.</summary>
    public static long Engines() => IsThere ? Directory.EnumerateDirectories("/proc/self/task").Sum(EngineTimeOf) : 0;

    private static long EngineTimeOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith(EngineThread, StringComparison.Ordinal)
                ? Read((~int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture) << BitsOfKind) | ScheduledPerThread)
                : 0;
        }
        catch (IOException)
        {
            // The thread has ended.
            return 0;
        }
    }

    private static bool Works()
    {
        try
        {
            return GetTime(OwnThread, out _) == 0;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static long Read(int clock) =>
        GetTime(clock, out TimeSpec time) == 0 ? ((long)time.Seconds * 1_000_000_000) + time.Nanoseconds : 0;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}

namespace SoftBoN.Tool.Tests;

/// <summary>A test that is skipped, visibly, where a file of the design material is absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path) =>
        Skip = File.Exists(Repository.Shared(path)) ? null : $"needs ../shared/{path}";
}

/// <summary>A test that is skipped, visibly, where there are no POSIX signals and shells.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs a POSIX shell" : null;
}

/// <summary>A test that interrupts a process: one that was started where that is ignored hands that on.</summary>
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";
    private const ulong Interrupt = 1 << 1;

    public InterruptFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs a POSIX shell"
        : IsIgnored() ? "SIGINT is ignored here, as in a job in the background" : null;

    private static bool IsIgnored() => File.Exists(Status) && File.ReadLines(Status).Any(line =>
        line.StartsWith(Ignored, StringComparison.Ordinal)
        && (Convert.ToUInt64(line[Ignored.Length..].Trim(), fromBase: 16) & Interrupt) != 0);
}

/// <summary>A test that reads what Linux says of a process.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}

internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}

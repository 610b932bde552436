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

/// <summary>A test that reads what Linux says of a process.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}

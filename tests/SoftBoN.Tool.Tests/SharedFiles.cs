using System.Runtime.CompilerServices;

namespace SoftBoN.Tool.Tests;

/// <summary>Files of the repository, and design material that may lie beside it.</summary>
internal static class SharedFiles
{
    public static string InRepository(string path) => Path.Combine(Root(), path);

    public static string Shared(string path) => Path.Combine(Root(), "..", "shared", path);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

/// <summary>A test that is skipped, visibly, where a file of the design material is absent.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path) =>
        Skip = File.Exists(SharedFiles.Shared(path)) ? null : $"needs ../shared/{path}";
}

/// <summary>A test that is skipped, visibly, where there are no POSIX signals and shells.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "needs a POSIX shell" : null;
}

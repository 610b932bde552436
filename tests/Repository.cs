namespace SoftBoN.Tests;

/// <summary>Where the repository is, and what may lie beside it.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, above the tests.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the repository.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    /// <summary>A file of the material that may lie beside the repository; tests that need it skip where it does not.</summary>
    public static string Shared(string path) => Path.GetFullPath(Path.Combine(Root, "..", "shared", path));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !System.IO.File.Exists(Path.Combine(folder.FullName, "SoftBoN.Kernels.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"No SoftBoN.Kernels.sln above {AppContext.BaseDirectory}.");
    }
}

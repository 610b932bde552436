using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Commands;

/// <summary>Opens what --input and --output name.</summary>
internal static class Files
{
    /// <summary>The file, or standard input. Disposing it closes a file and leaves a standard stream open.</summary>
    public static Stream OpenInput(string name, ToolHost host) => name == InputOptions.Standard
        ? new LeftOpenStream(host.Input)
        : Open(
            name,
            "--input",
            () => new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));

    /// <summary>The file, emptied, or standard output.</summary>
    public static Stream OpenOutput(string name, ToolHost host) => name == InputOptions.Standard
        ? new LeftOpenStream(host.Output)
        : Open(
            name,
            "--output",
            () => new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));

    private static FileStream Open(string name, string option, Func<FileStream> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FaultException($"{option} {name}: no such file or folder; check the path", fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            string why = Directory.Exists(name)
                ? "is a folder; name a file in it"
                : "may not be opened; check its permissions";
            throw new FaultException($"{option} {name} {why}", fault);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or NotSupportedException)
        {
            throw new FaultException($"{option} {name}: {fault.Message}", fault);
        }
    }
}

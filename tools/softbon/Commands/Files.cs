using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Commands;

/// <summary>Opens what options name.</summary>
internal static class Files
{
    /// <summary>The file, or standard input. Disposing it closes a file and leaves a standard stream open.</summary>
    public static Stream OpenInput(string name, ToolHost host) => name == InputOptions.Standard
        ? new LeftOpenStream(host.Input)
        : OpenFile(name, "--input");

    /// <summary>A file to be read.</summary>
    /// <param name="name">Its path.</param>
    /// <param name="option">The option that named it.</param>
    public static FileStream OpenFile(string name, string option) => Open(
        name,
        option,
        () => new FileStream(
            name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));

    /// <summary>
    /// The file, or standard output. A regular file gets its content when the stream is closed; devices and pipes are
    /// written as they are.
    /// </summary>
    public static Stream OpenOutput(string name, ToolHost host) => name == InputOptions.Standard
        ? new LeftOpenStream(host.Output)
        : Open(name, "--output", () => Create(name));

    /// <summary>Refuses an output that would take the place of an input.</summary>
    /// <param name="option">The option that named the input.</param>
    /// <param name="input">The input; none where empty.</param>
    /// <param name="output">What --output names.</param>
    public static void RefuseSame(string option, string input, string output)
    {
        bool areFiles = input is not ("" or InputOptions.Standard) && output is not ("" or InputOptions.Standard);
        if (areFiles && Target(input) == Target(output))
        {
            throw new FaultException(
                $"{option} {input} and --output {output} are the same file; write to another file and rename it");
        }
    }

    /// <summary>The file's full path, behind the links that lead to it.</summary>
    public static string Target(string name)
    {
        string path = Path.GetFullPath(name);
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            // Not there, or links in a circle: opening it says so.
            return path;
        }
    }

    private static FileStream Create(string name)
    {
        if (IsDevice(Path.GetFullPath(name)))
        {
            return new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }

        string path = Target(name);
        if (Path.Exists(path))
        {
            var there = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            if (!there.CanSeek || IsDevice(path))
            {
                return there;
            }

            there.Dispose();
        }

        return PartialFile.Create(path);
    }

    /// <summary>Some devices can be sought in, so their place tells them apart; /dev/shm holds regular files.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/proc/", StringComparison.Ordinal)
            || (path.StartsWith("/dev/", StringComparison.Ordinal)
                && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)));

    private static FileStream Open(string name, string option, Func<FileStream> open)
    {
        if (name.Length == 0)
        {
            throw new FaultException(
                $"{option} is empty; name a file{(option is "--input" or "--output" ? ", or - for the standard stream" : "")}");
        }

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
                : "may not be opened; check its permissions and its folder's";
            throw new FaultException($"{option} {name} {why}", fault);
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or NotSupportedException)
        {
            throw new FaultException($"{option} {name}: {fault.Message}", fault);
        }
    }
}

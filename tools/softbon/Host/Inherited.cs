namespace SoftBoN.Tool.Host;

/// <summary>Whether the caller gave this process its standard streams.</summary>
internal static class Inherited
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    private const string Flags = "flags:";
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// True where the descriptor is one of the runtime's own. The first files that the runtime opens take the places of
    /// closed standard streams, and often they are pipes to itself: reading one would wait for ever, and writing would
    /// speak into the runtime's works. The runtime's files are marked to be closed by exec, and a descriptor with that
    /// mark cannot have been handed down. Linux tells.
    /// </summary>
    public static bool IsMissing(int descriptor)
    {
        try
        {
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines($"/proc/self/fdinfo/{descriptor}")
                    .FirstOrDefault(text => text.StartsWith(Flags, StringComparison.Ordinal))
                : null;
            return line is not null && (Convert.ToInt32(line[Flags.Length..].Trim(), fromBase: 8) & CloseOnExec) != 0;
        }
        catch (FileNotFoundException)
        {
            // Nothing has taken the place of the closed stream. Without /proc there is no folder either.
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // No /proc: the stream is taken as it is.
            return false;
        }
    }
}

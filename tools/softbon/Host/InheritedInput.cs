namespace SoftBoN.Tool.Host;

/// <summary>Whether the caller gave this process a standard input.</summary>
internal static class InheritedInput
{
    private const string Descriptor = "/proc/self/fdinfo/0";
    private const string Flags = "flags:";
    private const int CloseOnExec = 0x80000;

    /// <summary>
    /// True where descriptor 0 is one of the runtime's own. The first file that the runtime opens takes the place of a
    /// closed standard input, and often that is a pipe to itself: reading it would wait for ever. The runtime's files
    /// are marked to be closed by exec, and a descriptor with that mark cannot have been handed down. Linux tells.
    /// </summary>
    public static bool IsMissing()
    {
        try
        {
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines(Descriptor).FirstOrDefault(text => text.StartsWith(Flags, StringComparison.Ordinal))
                : null;
            return line is not null && (Convert.ToInt32(line[Flags.Length..].Trim(), fromBase: 8) & CloseOnExec) != 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // No /proc: the input is taken as it is.
            return false;
        }
    }
}

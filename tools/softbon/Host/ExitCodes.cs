namespace SoftBoN.Tool.Host;

/// <summary>What the exit code says. A row's own status does not count: it is a result.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command line or a file is at fault; nothing more is computed.</summary>
    public const int Fault = 1;

    /// <summary>The run went through, but some lines could not be read.</summary>
    public const int SomeUnreadable = 2;

    /// <summary>What shells report for a signal is this and the signal's number.</summary>
    public const int Signal = 128;
}

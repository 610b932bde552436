using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SoftBoN.Tool.Host;

/// <summary>The streams around the program, and which of them a person watches.</summary>
internal sealed record ToolHost
{
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether the caller closed standard input before the program began.</summary>
    public bool InputIsMissing { get; init; }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>The streams of this process.</summary>
    public static ToolHost OfProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = OpenOutput(),
        Error = Inherited.IsMissing(Inherited.Error)
            ? TextWriter.Null
            : new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true },
        InputIsMissing = Inherited.IsMissing(Inherited.Input),
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>A writer of text on the output; disposing it leaves the output open.</summary>
    public StreamWriter OpenText() => new(Output, new UTF8Encoding(false), leaveOpen: true);

    /// <summary>
    /// The console's stream takes a broken pipe for success, so a run into <c>head</c> would go on to the end of its
    /// input; a file stream reports it. On a regular file it is the other way around: a file stream keeps its own
    /// position, so that several processes that share one redirection would write over each other.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (Inherited.IsMissing(Inherited.Output))
        {
            return new ClosedOutput();
        }

        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? Console.OpenStandardOutput() : file;
    }
}

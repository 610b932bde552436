using System.Runtime.InteropServices;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Output;

/// <summary>
/// Writes whole lines only, also when the run is interrupted: the process ends between two writes, never inside one.
/// </summary>
internal sealed class OutputSink : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _writing = new();
    private readonly Stream _stream;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="stream">Where lines go; closed with this, also by a signal.</param>
    /// <param name="atomic">Whether to hold back signals that end the process until a write is done.</param>
    public OutputSink(Stream stream, bool atomic)
    {
        _stream = stream;
        _signals = atomic
            ? [PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, 2)),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, 15))]
            : [];
    }

    public void Write(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        lock (_writing)
        {
            _stream.Write(lines);
            _stream.Flush();
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _stream.Dispose();
        }

        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    /// <summary>A reader that has stopped reading is not waited for without limit.</summary>
    private void End(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        if (_writing.TryEnter(Patience))
        {
            Close();
        }

        Environment.Exit(ExitCodes.Signal + number);
    }

    private void Close()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The process ends all the same; what is complete stays in the file that could not be renamed.
        }
    }
}

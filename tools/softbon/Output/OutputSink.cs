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
    private readonly TextWriter _error;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="stream">Where lines go; closed with this, also by a signal.</param>
    /// <param name="error">Is told where the lines of a run are that did not get to its end.</param>
    /// <param name="atomic">Whether to hold back signals that end the process until a write is done.</param>
    public OutputSink(Stream stream, TextWriter error, bool atomic)
    {
        _stream = stream;
        _error = error;
        _signals = atomic
            ? [PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, 2)),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, 15)),
                PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => End(signal, 1))]
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

    /// <summary>Says that all lines are written: a file takes its place now, and not before.</summary>
    public void Complete()
    {
        lock (_writing)
        {
            (_stream as PartialFile)?.TakePlace();
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            Close();
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
            CloseAtOnce();
        }

        Environment.Exit(ExitCodes.Signal + number);
    }

    private void CloseAtOnce()
    {
        try
        {
            Close();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The process ends all the same.
        }
    }

    private void Close()
    {
        _stream.Dispose();
        if (_stream is PartialFile { LeftAt: { } path })
        {
            _error.WriteLine($"softbon: the run did not get to its end; its complete lines are in {path}");
        }
    }
}

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

    /// <param name="stream">Where lines go; left open.</param>
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
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    /// <summary>A reader that has stopped reading is not waited for without limit.</summary>
    private void End(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        _writing.TryEnter(Patience);
        Environment.Exit(ExitCodes.Signal + number);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace SoftBoN.Tool.Output;

/// <summary>One line on the error stream that counts lines, for a person who waits.</summary>
internal sealed class Progress(TextWriter error, bool visible)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private readonly long _begin = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private int _width;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begin);

    public void Report(long lines) => Report(() =>
    {
        double rate = lines / Elapsed.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines, {rate:N0} lines/s");
    });

    /// <summary>Shows a line, unless the last one is too fresh.</summary>
    public void Report(Func<string> line)
    {
        if (!visible || Stopwatch.GetElapsedTime(_last) < Interval)
        {
            return;
        }

        _last = Stopwatch.GetTimestamp();
        string text = line();
        error.Write("\r" + text.PadRight(_width));
        _width = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Erase()
    {
        if (_width > 0)
        {
            error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}

using System.Diagnostics;
using System.Globalization;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>One line on the error stream for a person who waits: how many settings, and which one now.</summary>
internal sealed class StudyProgress(TextWriter error, bool visible, int settings)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    private readonly long _begin = Stopwatch.GetTimestamp();
    private TimeSpan _shown = TimeSpan.Zero - Interval;
    private int _begun;
    private int _width;

    public void Begin(string setting)
    {
        _begun++;
        TimeSpan now = Stopwatch.GetElapsedTime(_begin);
        if (!visible || now - _shown < Interval)
        {
            return;
        }

        _shown = now;
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{_begun} of {settings}, {now.TotalSeconds:F0} s: {setting}");
        error.Write("\r" + text.PadRight(_width));
        _width = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Erase()
    {
        if (_width > 0)
        {
            error.Write("\r" + new string(' ', _width) + "\r");
        }
    }
}

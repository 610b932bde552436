using System.Diagnostics;

namespace SoftBoN.Tool.Columnar;

/// <summary>The stages of a run over files of columns.</summary>
internal enum Stage : byte
{
    /// <summary>Reading and decoding row groups.</summary>
    Decode,

    /// <summary>Making rows of columns: seeds, ids, where prompts begin.</summary>
    Assemble,

    /// <summary>The engine's work.</summary>
    Compute,

    /// <summary>Making columns of results.</summary>
    Collect,

    /// <summary>Encoding row groups and writing them.</summary>
    Encode,
}

/// <summary>The time that threads spent in each stage; stages overlap.</summary>
internal sealed class StageClock
{
    private readonly long[] _ticks = new long[Enum.GetValues<Stage>().Length];

    public void Add(Stage stage, long since) =>
        Interlocked.Add(ref _ticks[(int)stage], Stopwatch.GetTimestamp() - since);

    /// <summary>Takes off what a stage waited for others.</summary>
    public void Subtract(Stage stage, long since) =>
        Interlocked.Add(ref _ticks[(int)stage], since - Stopwatch.GetTimestamp());

    public T Time<T>(Stage stage, Func<T> work)
    {
        long begin = Stopwatch.GetTimestamp();
        T result = work();
        Add(stage, begin);
        return result;
    }

    public double Seconds(Stage stage) => (double)Interlocked.Read(ref _ticks[(int)stage]) / Stopwatch.Frequency;

    /// <summary>The share of the engine in the time that all stages took.</summary>
    public double ComputeShare
    {
        get
        {
            double all = Enum.GetValues<Stage>().Sum(Seconds);
            return all > 0 ? Seconds(Stage.Compute) / all : 0;
        }
    }
}

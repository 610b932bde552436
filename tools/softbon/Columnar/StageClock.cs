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

/// <summary>A moment on a thread.</summary>
/// <param name="Wall">Ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Processor">Nanoseconds that the thread has run.</param>
internal readonly record struct StageMoment(long Wall, long Processor)
{
    public static StageMoment Now => new(Stopwatch.GetTimestamp(), ThreadClock.Now);
}

/// <summary>
/// The time that threads spent in each stage, on the wall and of a processor; stages overlap. Beginning and end of what is
/// timed have to be on one thread.
/// </summary>
internal sealed class StageClock
{
    private static readonly int Stages = Enum.GetValues<Stage>().Length;

    private readonly long[] _wall = new long[Stages];
    private readonly long[] _processor = new long[Stages];
    private readonly long _engines = ThreadClock.Engines();
    private readonly TimeSpan _process = Environment.CpuUsage.TotalTime;

    public void Add(Stage stage, StageMoment since) => Add(stage, since, 1);

    /// <summary>Takes off what a stage waited for others.</summary>
    public void Subtract(Stage stage, StageMoment since) => Add(stage, since, -1);

    public T Time<T>(Stage stage, Func<T> work)
    {
        StageMoment begin = StageMoment.Now;
        T result = work();
        Add(stage, begin);
        return result;
    }

    public double Seconds(Stage stage) => (double)Interlocked.Read(ref _wall[(int)stage]) / Stopwatch.Frequency;

    /// <summary>Of a processor; the engine's own threads count as computing.</summary>
    public double ProcessorSeconds(Stage stage)
    {
        long engines = stage == Stage.Compute ? ThreadClock.Engines() - _engines : 0;
        return (Interlocked.Read(ref _processor[(int)stage]) + engines) / 1e9;
    }

    /// <summary>What the whole process has used since the clock was made: the stages, and the runtime beside them.</summary>
    public double AllProcessorSeconds => (Environment.CpuUsage.TotalTime - _process).TotalSeconds;

    /// <summary>The engine's share of the processor time of the process; NaN where threads have no clocks.</summary>
    public double ComputeShare => ThreadClock.IsThere && AllProcessorSeconds is > 0 and double all
        ? ProcessorSeconds(Stage.Compute) / all
        : double.NaN;

    private void Add(Stage stage, StageMoment since, int sign)
    {
        StageMoment now = StageMoment.Now;
        Interlocked.Add(ref _wall[(int)stage], sign * (now.Wall - since.Wall));
        Interlocked.Add(ref _processor[(int)stage], sign * (now.Processor - since.Processor));
    }
}

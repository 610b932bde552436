using System.Diagnostics;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Jobs.Results;

namespace SoftBoN.Tool.Bench;

/// <summary>An engine returned other bits than the reference.</summary>
internal sealed class OtherBitsException(string message) : Exception(message);

/// <summary>One job on all engines, beside what bounds it: a bare read of its input, or a copy.</summary>
internal sealed unsafe class EngineCase : WorkCase
{
    /// <summary>Calls that are queued at once, unless they take longer than <see cref="SeriesSeconds"/>.</summary>
    private const int LongestSeries = 20;

    private const double SeriesSeconds = 2e-3;

    private readonly Job _job;
    private readonly IReadOnlyList<JobEngine> _engines;
    private readonly AlignedBuffer<float> _copy;
    private readonly Dictionary<JobEngine, ResidentJob> _resident;

    /// <param name="job">The job; disposed with the case.</param>
    /// <param name="engines">The reference and others.</param>
    public EngineCase(Job job, IReadOnlyList<JobEngine> engines)
        : base(job.Shape)
    {
        (_job, _engines) = (job, engines);
        _copy = new AlignedBuffer<float>(job.IsCopy ? job.Shape.Elements : 0);
        _resident = engines.Where(engine => engine.IsDevice)
            .ToDictionary(engine => engine, engine => new ResidentJob(job, engine.Engine));
        All = [.. engines.Select(EndToEnd), .. _resident.SelectMany(one => OnDevice(one.Key, one.Value)), .. Ceilings()];
        Contenders = [.. All.Select(one => one.Work)];
    }

    public IReadOnlyList<BenchContender> All { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    /// <summary>What bounds an engine, by names, the fastest counts: for a small batch that is one thread.</summary>
    public IReadOnlyList<string> CeilingsOf(JobEngine engine) => engine.Threads switch
    {
        0 => [],
        1 => [Word + ", 1 thread"],
        _ => [Word + ", 1 thread", Word + ", all threads"],
    };

    /// <summary>Every output of every engine has the bits of the reference, wherever its data lie.</summary>
    public override void Check()
    {
        byte[] expected = _job.Outcome(_engines.Single(engine => engine.IsReference).Engine);
        foreach (JobEngine engine in _engines.Where(engine => !engine.IsReference))
        {
            Same(_job.Outcome(engine.Engine), expected, engine.Name);
            if (_resident.GetValueOrDefault(engine) is { } resident)
            {
                Same(resident.Outcome(), expected, $"{engine.Name}, {BenchMode.Resident},");
            }
        }
    }

    public override void Dispose()
    {
        foreach (ResidentJob resident in _resident.Values)
        {
            resident.Dispose();
        }

        _copy.Dispose();
        _job.Dispose();
    }

    private string Word => _job.IsCopy ? "copy" : "read";

    private void Same(byte[] actual, byte[] expected, string name)
    {
        if (!actual.AsSpan().SequenceEqual(expected))
        {
            throw new OtherBitsException(
                $"{name} returned other bits than reference at {Shape}; nothing is timed: run softbon verify");
        }
    }

    private BenchContender EndToEnd(JobEngine engine)
    {
        Shape part = engine.IsReference ? SlowContender.PartOf(Shape) : Shape;
        return Of(engine, engine.Name, BenchMode.EndToEnd, () => _job.Run(engine.Engine, part.Rows), part);
    }

    /// <summary>A call and a series of them, with data on the device.</summary>
    private IEnumerable<BenchContender> OnDevice(JobEngine engine, ResidentJob resident)
    {
        int series = SeriesOf(resident);
        Shape all = Shape with { Rows = Shape.Rows * series };
        yield return Of(engine, engine.Name, BenchMode.Resident, resident.Run, Shape);
        yield return Of(engine, engine.Name, BenchMode.Kernel, () => resident.Run(series), all);
    }

    private static int SeriesOf(ResidentJob resident)
    {
        // The first call compiles kernels.
        resident.Run();
        long start = Stopwatch.GetTimestamp();
        resident.Run();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (int)Math.Clamp(SeriesSeconds / seconds, 2, LongestSeries);
    }

    private BenchContender Of(
        JobEngine? engine, string name, string mode, Action run, Shape shape, double? bytesPerElement = null)
    {
        double bytes = bytesPerElement ?? _job.BytesPerElement;
        Role role = engine is null ? Role.Beside : Role.Ours;
        return new(engine, name, mode, new($"{name}, {mode}", role, run, shape, bytes) { Waits = engine is { IsDevice: true } });
    }

    private BenchContender[] Ceilings()
    {
        float* input = _job.Input;
        long length = _job.InputFloats;
        double bytes = (double)sizeof(float) * length / Shape.Elements;
        BenchContender Ceiling(string name, Action run, double bytesPerElement) =>
            Of(null, name, BenchMode.Ceiling, run, Shape, bytesPerElement);
        return _job.IsCopy
            ?
            [
                Ceiling("copy, 1 thread", () => Memory.Copy(input, _copy.Pointer, length), 2 * bytes),
                Ceiling("copy, all threads", () => Memory.CopyOnAll(input, _copy.Pointer, length), 2 * bytes),
            ]
            :
            [
                Ceiling("read, 1 thread", () => Sum = Memory.Read(input, length), bytes),
                Ceiling("read, all threads", () => Sum = Memory.ReadOnAll(input, length), bytes),
            ];
    }
}

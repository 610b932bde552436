using SoftBoN.Kernels.Jobs;

namespace SoftBoN.Tool.Bench;

/// <summary>An engine returned other bits than the reference.</summary>
internal sealed class OtherBitsException(string message) : Exception(message);

/// <summary>One job on all engines, beside what bounds it: a bare read of its input, or a copy.</summary>
internal sealed unsafe class EngineCase : WorkCase
{
    private readonly Job _job;
    private readonly IReadOnlyList<BenchEngine> _engines;
    private readonly AlignedBuffer<float> _copy;

    /// <param name="job">The job; disposed with the case.</param>
    /// <param name="engines">The reference and others.</param>
    public EngineCase(Job job, IReadOnlyList<BenchEngine> engines)
        : base(job.Shape)
    {
        (_job, _engines) = (job, engines);
        _copy = new AlignedBuffer<float>(job.IsCopy ? job.Shape.Elements : 0);
        Contenders = [.. engines.Select(Of), .. Ceilings()];
    }

    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    /// <summary>What bounds an engine, by names, the fastest counts: for a small batch that is one thread.</summary>
    public IReadOnlyList<string> CeilingsOf(BenchEngine engine) => engine.Threads switch
    {
        0 => [],
        1 => [Word + ", 1 thread"],
        _ => [Word + ", 1 thread", Word + ", all threads"],
    };

    /// <summary>Every output of every engine has the bits of the reference.</summary>
    public override void Check()
    {
        byte[] expected = _job.Outcome(_engines.Single(engine => engine.IsReference).Engine);
        foreach (BenchEngine engine in _engines.Where(engine => !engine.IsReference))
        {
            if (!_job.Outcome(engine.Engine).AsSpan().SequenceEqual(expected))
            {
                throw new OtherBitsException(
                    $"{engine.Name} returned other bits than reference at {Shape}; nothing is timed: "
                    + "run softbon verify");
            }
        }
    }

    public override void Dispose()
    {
        _copy.Dispose();
        _job.Dispose();
    }

    private string Word => _job.IsCopy ? "copy" : "read";

    private Contender Of(BenchEngine engine)
    {
        Shape part = engine.IsReference ? SlowContender.PartOf(Shape) : Shape;
        return new(engine.Name, Role.Ours, () => _job.Run(engine.Engine, part.Rows), part, _job.BytesPerElement);
    }

    private Contender[] Ceilings()
    {
        AlignedBuffer<float> input = _job.Rewards;
        long length = Shape.Elements;
        return _job.IsCopy
            ?
            [
                new("copy, 1 thread", Role.Beside, () => Memory.Copy(input.Pointer, _copy.Pointer, length), Shape, 8),
                new(
                    "copy, all threads",
                    Role.Beside,
                    () => Memory.CopyOnAll(input.Pointer, _copy.Pointer, length),
                    Shape,
                    8),
            ]
            :
            [
                new("read, 1 thread", Role.Beside, () => Sum = Memory.Read(input.Pointer, length), Shape, 4),
                new("read, all threads", Role.Beside, () => Sum = Memory.ReadOnAll(input.Pointer, length), Shape, 4),
            ];
    }
}

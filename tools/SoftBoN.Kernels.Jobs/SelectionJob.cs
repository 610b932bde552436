using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>Selection of one candidate per row, the index alone, with another seed in every call.</summary>
internal sealed class SelectionJob(Shape shape, float lambda = Job.UsualLambda) : Job(shape)
{
    /// <summary>The seed of the first call.</summary>
    public const ulong FirstSeed = 42;

    private ulong _seed = FirstSeed;

    public AlignedBuffer<int> Index { get; } = new(shape.Rows);

    public override double BytesPerElement => sizeof(float);

    public override void Run(SoftBonEngine engine, int rows) => engine.Select(
        First(rows), Layout(rows), new SelectionOptions { Lambda = lambda, Seed = _seed++ }, Index.Span);

    /// <summary>Begins the seeds anew.</summary>
    public void Restart() => _seed = FirstSeed;

    public override void Dispose()
    {
        Index.Dispose();
        base.Dispose();
    }

    protected override void Clear()
    {
        Restart();
        Index.Span.Fill(-1);
    }

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(Index.Span).ToArray();
}

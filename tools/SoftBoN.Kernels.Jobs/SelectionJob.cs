using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>Selection of one candidate per row, the index alone.</summary>
internal sealed class SelectionJob(Shape shape, float lambda = Job.UsualLambda) : RowsJob(shape)
{
    public AlignedBuffer<int> Index { get; } = new(shape.Rows);

    public override void Run(SoftBonEngine engine, int rows) => engine.Select(
        First(rows), Layout(rows), new SelectionOptions { Lambda = lambda, Seed = NextSeed() }, Index.Span);

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceBuffer<float> rewards = memory.In<float>(Rewards.Span);
        DeviceBuffer<int> index = memory.Out<int>(Shape.Rows);
        return queue => queue.Select(
            rewards, DeviceLayout, new() { Lambda = lambda, Seed = NextSeed() }, new() { Index = index });
    }

    public override void Dispose()
    {
        Index.Dispose();
        base.Dispose();
    }

    protected override void Clear() => Index.Span.Fill(-1);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(Index.Span).ToArray();
}

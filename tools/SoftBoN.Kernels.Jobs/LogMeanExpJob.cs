using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>lambda log mean exp(reward / lambda) alone: a reduction that writes one number per row.</summary>
internal sealed class LogMeanExpJob(Shape shape) : RowsJob(shape)
{
    public AlignedBuffer<float> Results { get; } = new(shape.Rows);

    public override void Run(SoftBonEngine engine, int rows) =>
        engine.SoftWeights(First(rows), Layout(rows), UsualLambda, new() { LogMeanExp = Results.Span });

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceBuffer<float> rewards = memory.In<float>(Rewards.Span);
        DeviceBuffer<float> results = memory.Out<float>(Shape.Rows);
        return queue => queue.SoftWeights(rewards, DeviceLayout, UsualLambda, new() { LogMeanExp = results });
    }

    public override void Dispose()
    {
        Results.Dispose();
        base.Dispose();
    }

    protected override void Clear() => Results.Span.Fill(float.NaN);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(Results.Span).ToArray();
}

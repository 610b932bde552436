using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>Soft weights, written out.</summary>
internal sealed class SoftWeightsJob(Shape shape) : RowsJob(shape)
{
    public AlignedBuffer<float> Weights { get; } = new(shape.Elements);

    public override double BytesPerElement => 2 * sizeof(float);

    public override bool IsCopy => true;

    public override void Run(SoftBonEngine engine, int rows) =>
        engine.SoftWeights(First(rows), Layout(rows), UsualLambda, new() { Weights = Weights.Span });

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceBuffer<float> rewards = memory.In<float>(Rewards.Span);
        DeviceBuffer<float> weights = memory.Out<float>(Shape.Elements);
        return queue => queue.SoftWeights(rewards, DeviceLayout, UsualLambda, new() { Weights = weights });
    }

    public override void Dispose()
    {
        Weights.Dispose();
        base.Dispose();
    }

    protected override void Clear() => Weights.Span.Fill(-1f);

    protected override byte[] Outputs() => MemoryMarshal.AsBytes(Weights.Span).ToArray();
}

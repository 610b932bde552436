using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Soft weights, written out.</summary>
internal sealed unsafe class SoftWeightsCase : WorkCase
{
    private const float Lambda = Job.UsualLambda;

    private readonly SoftWeightsJob job;
    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<float> weights;
    private readonly SoftBonEngine engine = Engines.Simd(1);
    private readonly SoftBonEngine reference = Engines.Reference();
    private readonly Shape few;

    public SoftWeightsCase(Shape shape)
        : base(shape)
    {
        job = new SoftWeightsJob(shape);
        (rewards, weights) = (job.Rewards, job.Weights);
        few = SlowContender.PartOf(shape);
        Contenders =
        [
            new("SoftBoN", Role.Ours, Ours, shape, job.BytesPerElement),
            new("TensorPrimitives by row", Role.Peer, ByRow, shape, job.BytesPerElement),
            new("TensorPrimitives by block", Role.Peer, ByBlock, shape, job.BytesPerElement),
            new("SoftBoN reference", Role.Beside, Reference, few, job.BytesPerElement),
            new(Contender.Read, Role.Beside, Read, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Ours() => job.Run(engine, Shape.Rows);

    public void ByRow() => TensorSoftWeights.ByRow(rewards.Span, Shape, Lambda, weights.Span);

    public void ByBlock() => TensorSoftWeights.ByBlock(rewards.Span, Shape, Lambda, weights.Span);

    public void Reference() => job.Run(reference, few.Rows);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public override void Check()
    {
        foreach (Contender contender in Contenders.Where(c => c.Name != Contender.Read))
        {
            weights.Span.Clear();
            contender.Run();
            for (int row = 0; row < contender.Shape.Rows; row++)
            {
                CheckRow(row, contender.Name);
            }
        }
    }

    public override void Dispose()
    {
        job.Dispose();
        engine.Dispose();
        reference.Dispose();
    }

    private void CheckRow(int row, string name)
    {
        int start = row * Shape.Columns;
        var exact = new ExactRow(rewards.Span.Slice(start, Shape.Columns), Lambda);
        for (int i = 0; i < Shape.Columns; i++)
        {
            double ratio = weights.Span[start + i] / exact[i];
            Expect.Near(ratio, 1.0, 1e-5, $"{name}: weight [{row}, {i}] over the exact one");
        }
    }
}

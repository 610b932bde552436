using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>lambda log mean exp(reward / lambda) alone: a reduction that writes one number per row.</summary>
internal sealed unsafe class LogMeanExpCase : WorkCase
{
    private const float Lambda = Job.UsualLambda;

    private readonly LogMeanExpJob job;
    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<float> results;
    private readonly SoftBonEngine engine = Engines.Simd(1);
    private readonly SoftBonEngine reference = Engines.Reference();
    private readonly TensorLogMeanExp peer;
    private readonly Shape few;

    public LogMeanExpCase(Shape shape)
        : base(shape)
    {
        job = new LogMeanExpJob(shape);
        (rewards, results) = (job.Rewards, job.Results);
        peer = new TensorLogMeanExp(shape);
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

    public void ByRow() => peer.ByRow(rewards.Span, Lambda, results.Span);

    public void ByBlock() => peer.ByBlock(rewards.Span, Lambda, results.Span);

    public void Reference() => job.Run(reference, few.Rows);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public override void Check()
    {
        foreach (Contender contender in Contenders.Where(c => c.Name != Contender.Read))
        {
            results.Span.Clear();
            contender.Run();
            for (int row = 0; row < contender.Shape.Rows; row++)
            {
                var exact = new ExactRow(rewards.Span.Slice(row * Shape.Columns, Shape.Columns), Lambda);
                Expect.Near(results.Span[row], exact.LogMeanExp, 1e-6, $"{contender.Name}: log-mean-exp of row {row}");
            }
        }
    }

    public override void Dispose()
    {
        job.Dispose();
        engine.Dispose();
        reference.Dispose();
        peer.Dispose();
    }
}

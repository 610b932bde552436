using SoftBoN.Kernels.Bench.Peers;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Selection of one candidate per row, the index alone.</summary>
/// <remarks>
/// Which candidates can be ruled out early depends on the rewards and lambda, so several lambdas are measured. Every
/// call has another seed: with one seed, branch predictors could learn the picks by heart.
/// </remarks>
internal sealed unsafe class SelectionCase : WorkCase
{
    /// <summary>The lambda of the usual case; rewards have a standard deviation of 1.</summary>
    public const float UsualLambda = Job.UsualLambda;

    private const ulong FirstSeed = Job.FirstSeed;

    private readonly SelectionJob job;
    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<int> index;
    private readonly SoftBonEngine engine = Engines.Simd(1);
    private readonly SoftBonEngine reference = Engines.Reference();
    private readonly TensorSelection peer;
    private readonly float lambda;
    private readonly Shape few;

    public SelectionCase(Shape shape, float lambda = UsualLambda)
        : base(shape)
    {
        this.lambda = lambda;
        job = new SelectionJob(shape, lambda);
        (rewards, index) = (job.Rewards, job.Index);
        peer = new TensorSelection(shape);
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

    public void ByRow() => peer.ByRow(rewards.Span, lambda, index.Span);

    public void ByBlock() => peer.ByBlock(rewards.Span, lambda, index.Span);

    public void Reference() => job.Run(reference, few.Rows);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public override void Check()
    {
        foreach (Contender contender in Contenders.Where(c => c.Name != Contender.Read))
        {
            job.Restart();
            index.Span.Fill(-1);
            contender.Run();
            SelectionCheck.FollowsLaw(rewards.Span, contender.Shape, lambda, index.Span, contender.Name);
            if (contender.Role != Role.Peer)
            {
                SelectionCheck.PicksLargestKey(
                    rewards.Span, contender.Shape, lambda, FirstSeed, index.Span, contender.Name);
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

using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Selection of one candidate per row, the index alone.</summary>
/// <remarks>
/// Which candidates can be ruled out early depends on the rewards and lambda, so several lambdas are measured. Every
/// call has another seed: with one seed, branch predictors could learn the picks by heart.
/// </remarks>
internal sealed unsafe class SelectionCase : WorkCase
{
    /// <summary>The lambda of the usual case; rewards have a standard deviation of 1.</summary>
    public const float UsualLambda = 0.5f;

    private const ulong FirstSeed = 42;

    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<int> index;
    private readonly SoftBonEngine engine = Engines.Simd(1);
    private readonly SoftBonEngine reference = Engines.Reference();
    private readonly TensorSelection peer;
    private readonly float lambda;
    private readonly Shape few;
    private ulong seed = FirstSeed;

    public SelectionCase(Shape shape, float lambda = UsualLambda)
        : base(shape)
    {
        this.lambda = lambda;
        rewards = Rewards.Normal(shape);
        index = new AlignedBuffer<int>(shape.Rows);
        peer = new TensorSelection(shape);
        few = SlowContender.PartOf(shape);
        Contenders =
        [
            new("SoftBoN", Role.Ours, Ours, shape, 4),
            new("TensorPrimitives by row", Role.Peer, ByRow, shape, 4),
            new("TensorPrimitives by block", Role.Peer, ByBlock, shape, 4),
            new("SoftBoN reference", Role.Beside, Reference, few, 4),
            new(Contender.Read, Role.Beside, Read, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Ours() => engine.Select(
        rewards.Span,
        Rows.Dense(Shape.Rows, Shape.Columns),
        new SelectionOptions { Lambda = lambda, Seed = seed++ },
        index.Span);

    public void ByRow() => peer.ByRow(rewards.Span, lambda, index.Span);

    public void ByBlock() => peer.ByBlock(rewards.Span, lambda, index.Span);

    public void Reference() => reference.Select(
        rewards.Span[..(int)few.Elements],
        Rows.Dense(few.Rows, few.Columns),
        new SelectionOptions { Lambda = lambda, Seed = seed++ },
        index.Span);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public override void Check()
    {
        foreach (Contender contender in Contenders.Where(c => c.Name != Contender.Read))
        {
            seed = FirstSeed;
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
        rewards.Dispose();
        index.Dispose();
        engine.Dispose();
        reference.Dispose();
        peer.Dispose();
    }
}

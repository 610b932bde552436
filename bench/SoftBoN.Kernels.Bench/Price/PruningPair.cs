using SoftBoN.Kernels.Bench.Work;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>Selection that rules most candidates out by a bound, and selection that needs every key.</summary>
internal sealed class PruningPair : PairCase
{
    private readonly SelectionJob job;
    private readonly SoftBonEngine engine;

    public PruningPair(Shape shape)
        : base(shape, sizeof(float))
    {
        job = Own(new SelectionJob(shape));
        engine = Own(Engines.Simd(1));
        Add("selection, pruned", () => job.Run(engine, shape.Rows));
        Add("every key, as distinct draws ask for", EveryKey);
    }

    /// <summary>Both pick the same.</summary>
    public override void Check()
    {
        SelectionCheck.PicksLargestKey(
            job.Rewards.Span, Shape, Job.UsualLambda, Job.FirstSeed, Picks(engine), Contenders[0].Name);
        int[] pruned = Picks(engine);
        EveryKey();
        Expect.True(job.Index.Span.SequenceEqual(pruned), "picks with and without pruning are the same");
    }

    private int[] Picks(SoftBonEngine by)
    {
        job.Restart();
        job.Run(by, Shape.Rows);
        return job.Index.Span.ToArray();
    }

    private void EveryKey() => engine.Select(
        job.Rewards.Span,
        Rows.Dense(Shape.Rows, Shape.Columns),
        new SelectionOptions { Lambda = Job.UsualLambda, Seed = Job.FirstSeed, Distinct = true },
        job.Index.Span);
}

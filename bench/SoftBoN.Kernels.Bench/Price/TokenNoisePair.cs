namespace SoftBoN.Kernels.Bench.Price;

/// <summary>A token per row with noise for each block of tokens, and for each token.</summary>
internal sealed class TokenNoisePair : PairCase
{
    private readonly SoftBonEngine engine;
    private readonly SoftBonEngine reference;
    private readonly Job[] jobs;

    public TokenNoisePair(Shape shape)
        : base(shape, sizeof(float))
    {
        engine = Own(Engines.Simd(1));
        reference = Own(Engines.Reference());
        jobs = [Own(new TokenTiltJob(shape, kind: TokenTiltKind.NoisePerToken)), Own(new TokenTiltJob(shape))];
        Add("noise per token", () => jobs[0].Run(engine, shape.Rows));
        Add("noise per block", () => jobs[1].Run(engine, shape.Rows));
    }

    public override void Check()
    {
        foreach (Job job in jobs)
        {
            Expect.True(job.Outcome(engine).AsSpan().SequenceEqual(job.Outcome(reference)), "tokens have the reference's bits");
        }
    }
}

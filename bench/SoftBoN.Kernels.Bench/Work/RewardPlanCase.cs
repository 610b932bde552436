namespace SoftBoN.Kernels.Bench.Work;

/// <summary>
/// Several rewards per candidate to a pick per prompt: as a plan, and as the calls that it is made of, which take its peer's
/// place. On an OpenCL device too, where there is one.
/// </summary>
internal sealed class RewardPlanCase : WorkCase
{
    private const int Members = 4;
    private const float Beta = 0.1f;

    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<float> logs;
    private readonly AlignedBuffer<float> references;
    private readonly float[] calibrated;
    private readonly float[] pooled;
    private readonly int[] index;
    private readonly SoftBonEngine simd = Engines.Simd(1);
    private readonly SoftBonEngine? device;

    private readonly RewardPlan plan = RewardPlan.FromRewards(Members)
        .Calibrate(RewardCalibration.ZScore)
        .Ensemble(RewardPooling.MeanLessVariance(0.5f))
        .Penalize(Beta);

    public RewardPlanCase(Shape shape)
        : base(shape)
    {
        int candidates = (int)shape.Elements;
        rewards = Rewards.Normal(new Shape(Members, candidates));
        logs = Rewards.Normal(shape);
        references = Rewards.Normal(shape);
        calibrated = new float[Members * candidates];
        pooled = new float[candidates];
        index = new int[shape.Rows];
        const double Bytes = 4 * (Members + 2);
        List<Contender> contenders =
        [
            new("plan, 1 thread", Role.Ours, () => Run(simd), shape, Bytes),
            new("separate calls, 1 thread", Role.Peer, () => RunSeparately(simd), shape, Bytes),
        ];
        if (SoftBonDevices.Probe().Any(report => report is { Backend: SoftBonBackend.OpenCl, IsAvailable: true }))
        {
            device = SoftBonEngine.Create(new() { Backend = SoftBonBackend.OpenCl });
            contenders.Add(new($"plan, opencl, {Launches(Run)} launches", Role.Beside, () => Run(device), shape, Bytes));
            contenders.Add(new(
                $"separate calls, opencl, {Launches(RunSeparately)} launches",
                Role.Beside,
                () => RunSeparately(device),
                shape,
                Bytes));
        }

        Contenders = contenders;
    }

    public override IReadOnlyList<Contender> Contenders { get; }

    /// <summary>All of them make the same picks.</summary>
    public override void Check()
    {
        Run(simd);
        int[] expected = [.. index];
        foreach (Contender contender in Contenders)
        {
            index.AsSpan().Clear();
            contender.Run();
            Expect.True(index.AsSpan().SequenceEqual(expected), $"{contender.Name} picks others");
        }
    }

    public override void Dispose()
    {
        simd.Dispose();
        device?.Dispose();
        rewards.Dispose();
        logs.Dispose();
        references.Dispose();
    }

    private long Launches(Action<SoftBonEngine> run)
    {
        long before = device!.KernelLaunches;
        run(device);
        return device.KernelLaunches - before;
    }

    private void Run(SoftBonEngine engine) => engine.Run(
        plan,
        new RewardPlanInputs
        {
            Rewards = rewards.Span,
            LogProbability = logs.Span,
            ReferenceLogProbability = references.Span,
        },
        Rows.Dense(Shape.Rows, Shape.Columns),
        new() { Lambda = 0.5f, Seed = 7 },
        new RewardPlanOutputs { Selection = new() { Index = index } });

    private void RunSeparately(SoftBonEngine engine)
    {
        int candidates = pooled.Length;
        Rows prompts = Rows.Dense(Shape.Rows, Shape.Columns);
        for (int member = 0; member < Members; member++)
        {
            engine.CalibrateRewards(
                rewards.Span.Slice(member * candidates, candidates),
                prompts,
                RewardCalibration.ZScore,
                new RewardOutputs { Reward = calibrated.AsSpan(member * candidates, candidates) });
        }

        engine.PoolRewards(
            calibrated,
            Rows.Strided(candidates, Members, 1, candidates),
            RewardPooling.MeanLessVariance(0.5f),
            new RewardOutputs { Reward = pooled });
        float[] penalized = calibrated;
        engine.PenalizeRewards(
            pooled,
            new RewardPenalty
            {
                Beta = Beta,
                LogProbability = logs.Span,
                ReferenceLogProbability = references.Span,
            },
            new RewardOutputs { Reward = penalized.AsSpan(0, candidates) });
        engine.Select(
            penalized.AsSpan(0, candidates), prompts, new() { Lambda = 0.5f, Seed = 7 }, new SelectionOutputs { Index = index });
    }
}

namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>Once an engine has served a call, one like it allocates nothing, on any thread.</summary>
[Collection(NotParallel.Name)]
public sealed class AllocationTests
{
    private const int WarmUps = 30;

    private const int Calls = 3;

    /// <summary>Others in the process allocate now and then; not every time.</summary>
    private const int Attempts = 100;

    private static readonly Batch Dense = Batch.Dense(new RandomRewards(441).Row(200_000), 2000, 100);

    private static readonly Batch Mapped = Batch.Mapped(
        Dense.Memory, [.. Enumerable.Range(0, 900).Select(i => i * 100L)], [.. Enumerable.Repeat(150, 900)]);

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, int>();
            foreach (string operation in new[] { "weights", "budget", "pick", "race", "distinct", "majority", "plan" })
            {
                foreach (string layout in new[] { "dense", "mapped" })
                {
                    cases.Add(operation, layout, 1);
                    cases.Add(operation, layout, 2);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_call_allocates_nothing(string operation, string layout, int threads)
    {
        using SoftBonEngine engine = Engines.Make(SoftBonBackend.Simd, threads);
        Action call = Call(engine, operation, layout == "dense" ? Dense : Mapped);
        for (int i = 0; i < WarmUps; i++)
        {
            call();
        }

        long here = long.MaxValue;
        long everywhere = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && (here > 0 || everywhere > 0); attempt++)
        {
            long threadBefore = GC.GetAllocatedBytesForCurrentThread();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++)
            {
                call();
            }

            everywhere = Math.Min(everywhere, GC.GetTotalAllocatedBytes(precise: true) - before);
            here = Math.Min(here, GC.GetAllocatedBytesForCurrentThread() - threadBefore);
        }

        Assert.Equal(0, here);
        Assert.Equal(0, everywhere);
    }

    private static Action Call(SoftBonEngine engine, string operation, Batch batch)
    {
        float[] weights = new float[batch.Packed];
        float[] perRow = new float[batch.Count];
        int[] index = new int[batch.Count * 3];
        int[] answers = new int[batch.Packed];
        float[] margin = new float[batch.Count * 3];
        var race = SelectionNoise.UniformRace;

        // A quantile sorts: a plan over the whole batch takes so long that what the test host allocates in the meantime shows.
        int some = Math.Min(batch.Count, 200);
        long[] prompts = Array.ConvertAll(batch.PackedStarts()[..(some + 1)], start => (long)start);
        float[] rewards = batch.Memory[..(int)prompts[some]];
        float[] planned = new float[rewards.Length];
        float[] margins = new float[some];
        RewardPlan plan = RewardPlan.FromRewards().Calibrate(RewardCalibration.Quantile);
        return operation switch
        {
            "plan" => () => engine.Run(
                plan,
                new RewardPlanInputs { Rewards = rewards },
                Rows.Ragged(prompts),
                new SelectionOptions { Lambda = 0.5f, Seed = 1 },
                new RewardPlanOutputs { Weights = new() { Weights = planned }, Selection = new() { Margin = margins } }),
            "weights" => () => engine.SoftWeights(batch.Memory, batch.Rows, 0.5f, new SoftWeightsOutputs
            {
                Weights = weights,
                Entropy = perRow,
            }),
            "budget" => () => engine.SoftWeights(batch.Memory, batch.Rows, Lambda.TargetKl(0.5f), new SoftWeightsOutputs
            {
                Lambda = perRow,
            }),
            "pick" => () => engine.Select(
                batch.Memory, batch.Rows, new SelectionOptions { Lambda = 0.5f, Seed = 1, Draws = 3 }, index.AsSpan()),
            "race" => () => engine.Select(
                batch.Memory,
                batch.Rows,
                new SelectionOptions { Lambda = 0.5f, Seed = 1, Noise = race },
                index.AsSpan()),
            "distinct" => () => engine.Select(
                batch.Memory,
                batch.Rows,
                new SelectionOptions { Lambda = 0.5f, Seed = 1, Draws = 3, Distinct = true },
                new SelectionOutputs { Index = index, Margin = margin }),
            _ => () => engine.Majority(batch.Memory, batch.Rows, 0.5f, answers, new MajorityOutputs { Share = perRow }),
        };
    }
}

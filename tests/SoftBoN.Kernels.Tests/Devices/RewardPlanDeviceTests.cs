using SoftBoN.Kernels.Tests.RewardScoring;
using SoftBoN.Kernels.Tests.TokenTilt;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Plans on every backend return the bits of the reference's separate calls.</summary>
public sealed class RewardPlanDeviceTests
{
    private static readonly Pick Pick = new(Temperature.Given(0.3f)) { Seeds = [11], Draws = 2 };

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Plans_in_the_callers_memory(SoftBonBackend backend)
    {
        foreach ((string name, PlanCase plan) in Cases(backend))
        {
            RewardPlan made = plan.Plan();
            PlanResult expected = plan.RunSeparately(Engines.Reference, Pick);
            foreach (SoftBonEngine engine in TokenEngines.Of(backend))
            {
                PlanResult.AssertSame(expected, plan.RunPlan(engine, made, Pick), $"{name} on {backend}");
                SelectionResult.AssertSame(
                    expected.Picks, plan.RunPlan(engine, made, Pick, intermediate: false).Picks, $"{name}, picks alone");
            }
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Plans_in_device_memory(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        foreach ((string name, PlanCase plan) in Cases(backend))
        {
            RewardPlan made = plan.Plan();
            PlanResult expected = plan.RunSeparately(Engines.Reference, Pick);
            PlanResult all = plan.RunOnQueue(engine, made, Pick);
            Bitwise.Same(expected.Reward, all.Reward, $"{name} on {backend}: rewards");
            Assert.Equal(expected.Status, all.Status);
            Bitwise.Same(expected.Weights.Weights, all.Weights.Weights, $"{name} on {backend}: weights");
            Bitwise.Same(expected.Weights.ExpectedReward, all.Weights.ExpectedReward, $"{name} on {backend}: gains");
            Assert.Equal(expected.Picks.Index, all.Picks.Index);
            Assert.Equal(expected.Picks.Status, all.Picks.Status);
            Assert.Equal(expected.Picks.Index, plan.RunOnQueue(engine, made, Pick, intermediate: false).Picks.Index);
        }
    }

    /// <summary>More members than a thread pools in registers: a team a candidate.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Wide_ensembles(SoftBonBackend backend)
    {
        SoftBonEngine engine = TokenEngines.One(backend);
        (string Source, string[] Steps)[] plans =
        [
            ("given", ["product"]), ("given", ["quantile", "spread", "z-score"]), ("members", ["discounted"]),
            ("members", ["z-score", "mean", "penalty"]),
        ];
        foreach (int members in new[] { 31, 32, 33, DeviceBackends.Scale(backend, 1100, 40) })
        {
            foreach ((string source, string[] steps) in plans)
            {
                var plan = new PlanCase(source, steps, Batch.Dense([], 3, 5)) { Heads = members, Dimension = 3 };
                RewardPlan made = plan.Plan();
                PlanResult expected = plan.RunSeparately(Engines.Reference, Pick);
                string what = $"{members} members, {source}, {string.Join(' ', steps)}";
                PlanResult.AssertSame(expected, plan.RunPlan(engine, made, Pick), what);
                Bitwise.Same(expected.Reward, plan.RunOnQueue(engine, made, Pick).Reward, $"{what}, queued");
            }
        }
    }

    /// <summary>A launch for the source, two where heads are several, one for all steps, one for picks.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Launches_of_plans(SoftBonBackend backend)
    {
        (string Source, string[] Steps, int Launches)[] plans =
        [
            ("head", [], 2), ("head", ["z-score"], 3), ("mixture", ["penalty", "z-score"], 4),
            ("members", ["z-score", "mean", "penalty", "quantile"], 4), ("tokens", ["penalty"], 4),
            ("single", [], 1), ("given", ["table", "mean", "z-score"], 2),
        ];
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        foreach ((string source, string[] steps, int launches) in plans)
        {
            var plan = new PlanCase(source, steps, Batch.Dense([], 4, 8)) { Dimension = 20 };
            long before = engine.KernelLaunches;
            plan.RunOnQueue(engine, plan.Plan(), Pick, intermediate: false);
            Assert.Equal((source, launches), (source, (int)(engine.KernelLaunches - before)));

            // Weights and picks, as a plan and as calls of their own. Given rewards that no step changes are copied.
            int copies = steps.Length == 0 && source == "single" ? 1 : 0;
            long planned = LaunchesOf(() => plan.RunPlan(engine, plan.Plan(), Pick));
            long separate = LaunchesOf(() => plan.RunSeparately(engine, Pick));
            Assert.InRange(planned, 1, steps.Length > 1 ? separate - 1 : separate + copies);
        }

        long LaunchesOf(Action run)
        {
            long before = engine.KernelLaunches;
            run();
            return engine.KernelLaunches - before;
        }
    }

    /// <summary>Prompts that are not where they may be are empty; the others do not notice.</summary>
    [Theory]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Prompts_that_nobody_could_look_at(SoftBonBackend backend)
    {
        float[] given = [3, 1, 2, 5, 5, 9, 7, 4];
        SoftBonEngine engine = TokenEngines.One(backend);
        using var memory = new QueueArrays(engine);
        using SoftBonQueue queue = engine.CreateQueue();
        DeviceBuffer<int> picks = memory.Of(new int[4]);
        DeviceBuffer<RowStatus> status = memory.Of(new RowStatus[4]);
        DeviceBuffer<float> rewards = memory.Of(new float[8]);
        queue.Run(
            RewardPlan.FromRewards().Calibrate(RewardCalibration.MinMax),
            new DeviceRewardPlanInputs { Rewards = memory.Of(given) },
            DeviceRows.Ragged(memory.Of<long>([0, 3, -5, 6, 20]), 4, 8),
            new() { Lambda = 0, Noise = SelectionNoise.None },
            new() { Reward = rewards, Selection = new() { Index = picks, Status = status } });
        queue.Synchronize();

        // The third starts before the rewards and the fourth ends behind them.
        Assert.Equal([0, -1, -1, -1], picks.Read());
        Assert.Equal([RowStatus.Ok, RowStatus.Empty, RowStatus.Empty, RowStatus.Empty], status.Read());
        Assert.Equal([1, 0, 0.5f], rewards.Read()[..3]);
    }

    private static IEnumerable<(string Name, PlanCase Plan)> Cases(SoftBonBackend backend)
    {
        // Prompts without candidates, and one that several segments have; many dense ones.
        int[] lengths = [.. Enumerable.Range(0, DeviceBackends.Scale(backend, 60, 6)).Select(i => (i * 5) % 17), 0, 3];
        lengths = backend == SoftBonBackend.IlgpuCpu ? lengths : [.. lengths, 2500, 1];
        long[] offsets = [0, .. lengths.Select((_, i) => lengths.Take(i + 1).Sum(length => (long)length))];
        Batch[] batches = [Batch.Ragged([], offsets), Batch.Dense([], DeviceBackends.Scale(backend, 70, 4), 3)];
        Dictionary<string, (string Source, string[] Steps)> plans = new(PlanTests.Plans)
        {
            ["ranks, spread, ranks"] = ("given", ["quantile", "spread", "quantile", "penalty"]),
            ["heads as a product"] = ("members", ["product"]),
        };
        foreach ((string name, (string source, string[] steps)) in plans)
        {
            foreach (Batch prompts in batches)
            {
                yield return (name, new PlanCase(source, steps, prompts) { Dimension = 40 });
            }
        }
    }
}

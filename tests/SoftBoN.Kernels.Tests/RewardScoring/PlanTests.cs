namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>From features to picks in one call.</summary>
public sealed class PlanTests
{
    internal static readonly Dictionary<string, (string Source, string[] Steps)> Plans = new()
    {
        ["head"] = ("head", []),
        ["head, calibrated"] = ("head", ["z-score"]),
        ["mixture, penalized, calibrated"] = ("mixture", ["penalty", "z-score"]),
        ["gated"] = ("gated", ["table"]),
        ["heads as an ensemble"] = ("members", ["least"]),
        ["heads calibrated, ensemble, penalized, calibrated"] = ("members", ["z-score", "mean", "penalty", "table"]),
        ["tokens"] = ("tokens", ["penalty"]),
        ["rewards"] = ("single", []),
        ["several rewards"] = ("given", ["table", "mean", "z-score"]),
    };

    private static readonly Pick Pick = new(Temperature.Given(0.3f)) { Seeds = [11], Draws = 2 };

    public static TheoryData<string> Names => [.. Plans.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plan_returns_the_bits_of_separate_calls(string name)
    {
        // Several blocks of short prompts, prompts without candidates, and one that is longer than a block.
        int[] lengths = [.. Enumerable.Range(0, 300).Select(i => (i * 5) % 17), 5000, 0, 3];
        long[] offsets = [0, .. lengths.Select((_, i) => lengths.Take(i + 1).Sum(length => (long)length))];
        foreach (Batch prompts in new[] { Batch.Ragged([], offsets), Batch.Dense([], 400, 3) })
        {
            var plan = new PlanCase(Plans[name].Source, Plans[name].Steps, prompts);
            RewardPlan made = plan.Plan();
            PlanResult expected = plan.RunSeparately(Engines.Reference, Pick);
            (string Name, SoftBonEngine Engine)[] engines =
                [("reference", Engines.Reference), ("simd", Engines.Simd), ("simd on 2 threads", Engines.Simd2)];
            foreach ((string engine, SoftBonEngine on) in engines)
            {
                PlanResult.AssertSame(expected, plan.RunPlan(on, made, Pick), $"{name} on {engine}");
                SelectionResult.AssertSame(
                    expected.Picks, plan.RunPlan(on, made, Pick, intermediate: false).Picks, $"{name}, picks alone");
            }
        }
    }

    /// <summary>Two prompts of three candidates, by hand.</summary>
    [Fact]
    public void Known_rewards_and_picks()
    {
        RewardPlan plan = RewardPlan
            .FromHead(new RewardHead { Weights = TokenMatrix.Of([1f, 0, 0, 2], 2, 2), Bias = [0, 1] })
            .Ensemble(RewardPooling.Min)
            .Penalize(0, 0.5f)
            .Calibrate(RewardCalibration.MinMax);
        float[] reward = new float[6];
        float[] scores = new float[12];
        int[] index = new int[2];
        var status = new RowStatus[6];
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            // Scores (h0, 2 h1 + 1); the smaller one less half a length: 1, 4, 2 and -1, 1, 0.
            engine.Run(
                plan,
                new RewardPlanInputs
                {
                    Hidden = TokenMatrix.Of([2f, 0, 5, 3, 3, 7, 0, 4, 1, 0, 8, 0], 6, 2),
                    Length = [0, 2, 2, 2, 0, 2],
                },
                Rows.Dense(2, 3),
                new SelectionOptions { Lambda = 0f, Noise = SelectionNoise.None },
                new RewardPlanOutputs
                {
                    Scores = scores,
                    Reward = reward,
                    Status = status,
                    Selection = new SelectionOutputs { Index = index },
                });

            Assert.Equal([2, 1, 5, 7, 3, 15, 0, 9, 1, 1, 8, 1], scores);
            Assert.Equal([0, 1, 1 / 3f, 0, 1, 0.5f], reward);
            Assert.Equal([1, 1], index);
            Assert.All(status, one => Assert.Equal(RowStatus.Ok, one));
        }
    }

    [Fact]
    public void A_candidate_without_a_reward_is_named_and_its_prompt_has_no_pick()
    {
        RewardPlan plan = RewardPlan.FromHead(new RewardHead { Weights = TokenMatrix.Of([1f], 1, 1) });
        var status = new RowStatus[4];
        var picks = new RowStatus[2];
        int[] index = new int[2];
        Engines.Simd.Run(
            plan,
            new RewardPlanInputs { Hidden = TokenMatrix.Of([1f, float.NaN, 3, 4], 4, 1), RowMap = [0, 1, 2, 3] },
            Rows.Dense(2, 2),
            new SelectionOptions { Lambda = 1f, Seed = 1 },
            new RewardPlanOutputs { Status = status, Selection = new() { Index = index, Status = picks } });

        Assert.Equal([RowStatus.Ok, RowStatus.HiddenNaN, RowStatus.Ok, RowStatus.Ok], status);
        Assert.Equal([RowStatus.RewardNaN, RowStatus.Ok], picks);
        Assert.Equal(-1, index[0]);
        Assert.InRange(index[1], 0, 1);
    }

    [Fact]
    public void A_plan_keeps_what_it_was_made_of()
    {
        float[] weights = [1, 2];
        float[] table = [0, 1];
        RewardPlan plan = RewardPlan
            .FromHead(new RewardHead { Weights = TokenMatrix.Of(weights, 1, 2) })
            .Calibrate(RewardCalibration.FromTable(table));
        (weights[0], table[0]) = (100, -7);
        float[] reward = new float[1];
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Engines.Simd.Run(
            plan,
            new RewardPlanInputs { Hidden = TokenMatrix.Of([0.125f, 0.25f], 1, 2) },
            Rows.Dense(1, 1),
            default,
            new RewardPlanOutputs { Reward = reward });

        Assert.Equal(0.625f, reward[0]);
    }

    [Fact]
    public void A_discount_serves_rows_of_any_length_in_any_order()
    {
        RewardPlan plan = RewardPlan.FromTokens(RewardPooling.DiscountedSum(0.5f));
        foreach (int length in new[] { 1, 3, 200, 2 })
        {
            float[] reward = new float[1];
            float[] tokens = [.. Enumerable.Repeat(1f, length)];
            Engines.Simd.Run(
                plan,
                new RewardPlanInputs { Rewards = tokens, TokenRows = Rows.Dense(1, length) },
                Rows.Dense(1, 1),
                default,
                new RewardPlanOutputs { Reward = reward });

            Assert.Equal((float)(2 - Math.Pow(2, 1 - length)), reward[0]);
        }
    }
}

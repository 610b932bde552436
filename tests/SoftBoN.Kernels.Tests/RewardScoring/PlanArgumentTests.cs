namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>What does not fit a plan is refused, by name and with a cure.</summary>
public sealed class PlanArgumentTests
{
    [Fact]
    public void Steps_that_do_not_follow_each_other()
    {
        Refuses<InvalidOperationException>("1 reward at this step", () => RewardPlan.FromRewards().Ensemble(default));
        Refuses<InvalidOperationException>("3 rewards at this step", () => RewardPlan.FromRewards(3).Penalize(1));
        Refuses<InvalidOperationException>("already", () => RewardPlan.FromRewards().Penalize(1).Penalize(0, 1));
        Refuses<ArgumentOutOfRangeException>("1 to", () => RewardPlan.FromRewards(0));
        Refuses<ArgumentOutOfRangeException>("finite", () => RewardPlan.FromRewards().Penalize(float.NaN));
        Refuses<ArgumentException>("RewardCalibration.ZScore", () => RewardPlan.FromRewards().Calibrate(default));
    }

    [Fact]
    public void Heads_that_cannot_be_used()
    {
        Refuses<ArgumentException>("no weights", () => RewardPlan.FromHead(default));
        Refuses<ArgumentException>("2 shares and there are 1", () => RewardPlan.FromHead(Head(1), [1, 2]));
        Refuses<ArgumentException>("Weights[0, 0] is NaN", () => RewardPlan.FromHead(Head(float.NaN)));
        Refuses<ArgumentException>("Bias[0] is NaN", () => RewardPlan.FromHead(
            new RewardHead { Weights = TokenMatrix.Of([1f], 1, 1), Bias = [float.NaN] }));
    }

    [Fact]
    public void A_plan_has_to_end_with_one_reward() => Refuses<ArgumentException>(
        "3 rewards per candidate; add Ensemble", () => Run(RewardPlan.FromRewards(3), new() { Rewards = new float[6] }));

    [Fact]
    public void Inputs_that_are_missing_or_of_another_length()
    {
        Refuses<ArgumentException>("scores hidden values and there are none", () => Run(RewardPlan.FromHead(Head(1)), default));
        Refuses<ArgumentException>("2 candidates and the inputs 3", () => Run(
            RewardPlan.FromRewards(), new() { Rewards = new float[3] }));
        Refuses<ArgumentException>("3 members cannot share", () => Run(
            RewardPlan.FromRewards(3).Ensemble(RewardPooling.Mean), new() { Rewards = new float[4] }));
        Refuses<ArgumentException>("LogProbability has 0 values and there are 2", () => Run(
            RewardPlan.FromRewards().Penalize(1), new() { Rewards = new float[2] }));
        Refuses<ArgumentException>("Length has 1 values and there are 2", () => Run(
            RewardPlan.FromRewards().Penalize(0, 1), new() { Rewards = new float[2], Length = new int[1] }));
        Refuses<ArgumentException>("gating", () => Run(
            RewardPlan.FromGatedHead(Head(1)), new() { Hidden = TokenMatrix.Of([1f, 2], 2, 1) }));
        Refuses<ArgumentException>("1 columns and the hidden values 2", () => Run(
            RewardPlan.FromHead(Head(1)), new() { Hidden = TokenMatrix.Of([1f, 2], 1, 2) }));
    }

    [Fact]
    public void Inputs_that_a_plan_would_not_look_at()
    {
        Refuses<ArgumentException>("does not use Length", () => Run(
            RewardPlan.FromRewards(), new() { Rewards = new float[2], Length = new int[2] }));
        Refuses<ArgumentException>("does not use Hidden", () => Run(
            RewardPlan.FromRewards(), new() { Rewards = new float[2], Hidden = TokenMatrix.Of([1f], 1, 1) }));
        Refuses<ArgumentException>("does not use Rewards", () => Run(
            RewardPlan.FromHead(Head(1)), new() { Rewards = [1], Hidden = TokenMatrix.Of([1f, 1], 2, 1) }));
    }

    [Fact]
    public void Prompts_with_gaps_and_outputs_that_do_not_fit()
    {
        float[] memory = new float[2];
        var plan = RewardPlan.FromRewards();
        Refuses<ArgumentException>("have to follow each other", () => Engines.Simd.Run(
            plan, new() { Rewards = memory }, Rows.Strided(2, 1, 2), default, default));
        Refuses<ArgumentException>("have to follow each other", () => Engines.Simd.Run(
            plan, new() { Rewards = memory }, Rows.Ragged([1, 3]), default, default));
        Refuses<ArgumentException>("Reward holds 1 values and 2", () => Engines.Simd.Run(
            plan, new() { Rewards = memory }, Rows.Dense(1, 2), default, new() { Reward = new float[1] }));
        Refuses<ArgumentException>("overlaps", () => Engines.Simd.Run(
            plan, new() { Rewards = memory }, Rows.Dense(1, 2), default, new() { Reward = memory }));
        Refuses<ArgumentException>("Lambda is not set", () => Engines.Simd.Run(
            plan, new() { Rewards = memory }, Rows.Dense(1, 2), default, new() { Weights = new() { Weights = new float[2] } }));
        Refuses<ArgumentException>("Seed is not set", () => Engines.Simd.Run(
            plan,
            new() { Rewards = memory },
            Rows.Dense(1, 2),
            new SelectionOptions { Lambda = 1 },
            new() { Selection = new() { Index = new int[1] } }));
    }

    [Fact]
    public void An_empty_batch_is_none_of_that() => Engines.Simd.Run(
        RewardPlan.FromRewards().Calibrate(RewardCalibration.ZScore), default, Rows.Dense(0, 4), default, default);

    private static RewardHead Head(float weight) => new() { Weights = TokenMatrix.Of(new[] { weight }, 1, 1) };

    private static void Run(RewardPlan plan, RewardPlanInputs inputs) =>
        Engines.Simd.Run(plan, inputs, Rows.Dense(1, 2), default, default);

    private static void Refuses<TError>(string says, Action call)
        where TError : Exception =>
        Assert.Contains(says, Assert.Throws<TError>(call).Message, StringComparison.Ordinal);
}

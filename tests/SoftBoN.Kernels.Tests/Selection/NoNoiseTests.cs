using CsCheck;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Without noise, selection is best-of-n.</summary>
public sealed class NoNoiseTests
{
    /// <summary>Multiples of 2^-10, whose differences are exact: two keys are equal where two rewards are.</summary>
    private static readonly Gen<float[]> Rewards = Gen.OneOf(
        Gen.Int[-5000, 5000].Select(i => i / 1024f).Array[1, 400],
        Gen.Int[0, 3].Select(i => (float)i).Array[1, 400],
        Gen.Int[0, 2].Select(i => i == 2 ? float.NegativeInfinity : -i).Array[1, 400]
            .Where(row => row.Any(float.IsFinite)));

    [Fact]
    public void The_first_of_the_largest_rewards_is_picked() =>
        Gen.Select(Rewards, Gen.OneOf(Gen.Const(0f), Gen.Const(0.25f), Gen.Const(16f))).Sample((rewards, lambda) =>
        {
            var pick = new Pick(Temperature.Given(lambda)) { Noise = SelectionNoise.None, Seeds = [] };
            SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of(rewards), pick);
            Assert.Equal(Array.IndexOf(rewards, rewards.Max()), result.Index[0]);
        });

    [Fact]
    public void A_negative_lambda_picks_the_first_of_the_smallest() => Rewards.Sample(rewards =>
    {
        var pick = new Pick(Temperature.Signed(-1)) { Noise = SelectionNoise.None, Seeds = [] };
        SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of(rewards), pick);
        Assert.Equal(Array.IndexOf(rewards, rewards.Where(float.IsFinite).Min()), result.Index[0]);
    });

    [Fact]
    public void Distinct_draws_sort_stably() => Rewards.Sample(rewards =>
    {
        var pick = new Pick(Temperature.Given(1))
        {
            Noise = SelectionNoise.None,
            Seeds = [],
            Draws = rewards.Length,
            Distinct = true,
        };
        SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of(rewards), pick);
        int[] sorted = [.. Enumerable.Range(0, rewards.Length)
            .Where(i => float.IsFinite(rewards[i]))
            .OrderByDescending(i => rewards[i])];
        Assert.Equal(sorted, result.Index[..sorted.Length]);
    });

    [Fact]
    public void The_seed_makes_no_difference()
    {
        Batch batch = new RandomRewards(171).Rows(Enumerable.Range(1, 100), Mood.Ties);
        var pick = new Pick(Temperature.Given(1)) { Noise = SelectionNoise.None };

        SelectionResult.AssertSame(
            SelectionResult.Of(Engines.Simd, batch, pick with { Seeds = [] }),
            SelectionResult.Of(Engines.Simd, batch, pick with { Seeds = [123], Positions = [9] }),
            "seeds");
    }

    [Fact]
    public void At_infinity_nothing_distinguishes_candidates() => Assert.Equal(
        [1],
        SelectionResult.Of(
            Engines.Simd,
            Batch.Of([float.NegativeInfinity, 1, 9]),
            new Pick(Temperature.Given(float.PositiveInfinity)) { Noise = SelectionNoise.None }).Index);
}

namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>Rewards less what log-probability and length cost.</summary>
public sealed class PenaltyTests
{
    [Fact]
    public void The_formula_is_that_of_double_precision()
    {
        var random = new RandomRewards(95);
        float[] rewards = random.Row(1000);
        float[] log = [.. random.Row(1000).Select(r => -Math.Abs(50 * r))];
        float[] reference = [.. random.Row(1000).Select(r => -Math.Abs(50 * r))];
        int[] length = [.. Enumerable.Range(0, 1000)];
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd, Engines.Simd2 })
        {
            float[] actual = new float[1000];
            engine.PenalizeRewards(
                rewards,
                new RewardPenalty
                {
                    Beta = 0.1f,
                    LogProbability = log,
                    ReferenceLogProbability = reference,
                    Gamma = 0.01f,
                    Length = length,
                },
                new RewardOutputs { Reward = actual });
            for (int i = 0; i < 1000; i++)
            {
                double nats = (double)log[i] - reference[i];
                double expected = rewards[i] - ((double)0.1f * nats) - ((double)0.01f * length[i]);
                double scale = Math.Abs(rewards[i]) + Math.Abs(nats) + (0.01 * length[i]);
                Near.Absolute(expected, actual[i], 4 * Near.Rounding * scale);
            }
        }
    }

    [Fact]
    public void Candidates_in_trouble_have_a_status_and_prices_of_0_ask_for_nothing()
    {
        float[] rewards = [1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, 1, 3e38f];
        float[] log = [-1, -1, -1, float.NaN, float.NaN, -1, 3e38f];
        float[] actual = new float[7];
        var status = new RowStatus[7];
        Engines.Simd.PenalizeRewards(
            rewards,
            new RewardPenalty
            {
                Beta = -1f,
                LogProbability = log,
                ReferenceLogProbability = new float[7],
                Gamma = 1,
                Length = [2, 0, 0, -1, 0, -1, 0],
            },
            new RewardOutputs { Reward = actual, Status = status });

        const float None = float.NaN;
        Assert.Equal([-2, None, None, float.NegativeInfinity, None, None, None], actual);
        Assert.Equal(
            [
                RowStatus.Ok, RowStatus.RewardNaN, RowStatus.RewardPositiveInfinity, RowStatus.Ok,
                RowStatus.PenaltyInvalid, RowStatus.PenaltyInvalid, RowStatus.RewardOutOfRange,
            ],
            status);
        Engines.Simd.PenalizeRewards([1f, 2f], default, new RewardOutputs { Reward = actual.AsSpan(0, 2) });
        Assert.Equal([1, 2], actual[..2]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            Engines.Simd.PenalizeRewards([1f], new RewardPenalty { Beta = 1 }, default));
        Assert.Throws<ArgumentException>(() => Engines.Simd.PenalizeRewards(
            [1f], new RewardPenalty { Beta = 1, LogProbability = [1f] }, default));
        Assert.Throws<ArgumentException>(() =>
            Engines.Simd.PenalizeRewards([1f], new RewardPenalty { Gamma = 1, Length = [1, 2] }, default));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Engines.Simd.PenalizeRewards([1f], new RewardPenalty { Gamma = float.NaN }, default));
    }
}

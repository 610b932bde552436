namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>lambda -> 0 is best-of-n with ties shared, lambda -> infinity the model.</summary>
public sealed class LimitTests
{
    public static TheoryData<float> HugeLambdas =>
        [1e6f, 1e7f, 1e9f, 1e12f, 1e18f, 1e24f, 1.2e27f, 1.3e27f, 1e30f, 1e36f, 4e37f, 1e38f, float.PositiveInfinity];

    [Theory]
    [MemberData(nameof(HugeLambdas))]
    public void Log_mean_exp_tends_to_the_mean(float lambda)
    {
        Batch batch = new RandomRewards(31).Rows([1, 2, 3, 10, 64, 1000, 5000], Mood.Normal, Mood.SomeExcluded);
        WeightsResult result = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(lambda));
        for (int row = 0; row < batch.Count; row++)
        {
            if (result.Status[row] == RowStatus.Ok)
            {
                double[] included = [.. batch.Row(row).Where(float.IsFinite).Select(r => (double)r)];
                double mean = included.Average();
                double secondOrder = included.Average(r => (r - mean) * (r - mean)) / (2.0 * lambda);
                double tolerance = 5 * Near.Rounding * (Math.Abs(mean) + included.Max() - mean);
                Near.Absolute(mean + secondOrder, result.LogMeanExp[row], tolerance, $"{lambda}, row {row}");
                Near.Absolute(mean + (2 * secondOrder), result.ExpectedReward[row], tolerance, $"{lambda}, row {row}");
            }
        }
    }

    [Fact]
    public void At_infinity_weights_are_uniform()
    {
        float[] row = [3, float.NegativeInfinity, -3e38f, 3e38f, 1e-40f];
        WeightsResult result = WeightsResult.Of(
            Engines.Simd, Batch.Of(row), Temperature.Given(float.PositiveInfinity));

        Assert.Equal([.25f, 0, .25f, .25f, .25f], result.Weights);
        Assert.Equal(float.NegativeInfinity, result.LogWeights[1]);
        Near.Relative(-Math.Log(4), result.LogWeights[0], 2 * Near.Rounding);
        Assert.Equal(4, result.EffectiveSampleSize[0]);
        Assert.Equal(0, result.KlToUniform[0]);
        Assert.Equal(0, result.KlFromModelBound[0]);
        Assert.Equal(float.PositiveInfinity, result.Lambda[0]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-45f)]
    [InlineData(2.3e-38f)]
    public void At_zero_the_best_share_all(float lambda)
    {
        float[] row = [2, -1, 2, float.NegativeInfinity, 1.9999999f, 2];
        WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(row), Temperature.Given(lambda));
        float third = 1f / 3;

        Assert.Equal([third, 0, third, 0, 0, third], result.Weights);
        Assert.Equal(float.NegativeInfinity, result.LogWeights[1]);
        Near.Relative(-Math.Log(3), result.LogWeights[0], 2 * Near.Rounding);
        Assert.Equal(2, result.ExpectedReward[0]);
        Assert.Equal(2, result.LogMeanExp[0]);
        Assert.Equal(3, result.EffectiveSampleSize[0]);
        Near.Relative(Math.Log(3), result.Entropy[0], 2 * Near.Rounding);
        Assert.Equal(0, result.Lambda[0]);
    }

    [Fact]
    public void The_smallest_lambda_that_counts_has_the_weights_of_zero_where_rewards_differ()
    {
        Batch batch = new RandomRewards(32).Rows([1, 5, 64, 1025], Mood.Normal, Mood.Ties, Mood.SomeExcluded);
        WeightsResult zero = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(0));
        WeightsResult tiny = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(2.4e-38f));

        Assert.Equal(2.4e-38f, tiny.Lambda[0]);
        Bitwise.Same(zero.Weights, tiny.Weights, "weights");
        Bitwise.Same(zero.ExpectedReward, tiny.ExpectedReward, "expected rewards");
    }

    [Fact]
    public void An_underflowed_weight_is_not_an_excluded_one()
    {
        WeightsResult result = WeightsResult.Of(
            Engines.Simd, Batch.Of([0, -1000, float.NegativeInfinity, -3e38f]), Temperature.Given(1e-3f));

        Assert.Equal([1, 0, 0, 0], result.Weights);
        Near.Relative(-1e6, result.LogWeights[1], 4 * Near.Rounding);
        Assert.Equal(float.NegativeInfinity, result.LogWeights[2]);
        Assert.Equal(-float.MaxValue, result.LogWeights[3]);
        Near.Relative(Math.Log(3), result.KlToUniform[0], 2 * Near.Rounding);
    }
}

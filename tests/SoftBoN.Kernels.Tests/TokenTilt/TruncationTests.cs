namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>What truncation keeps, against sorting in double precision.</summary>
public sealed class TruncationTests
{
    [Theory]
    [InlineData(5, 1f, 0f, float.PositiveInfinity)]
    [InlineData(0, 0.9f, 0f, float.PositiveInfinity)]
    [InlineData(0, 0.3f, 0f, float.PositiveInfinity)]
    [InlineData(0, 1f, 0.05f, float.PositiveInfinity)]
    [InlineData(0, 1f, 0f, 1.5f)]
    [InlineData(200, 0.8f, 0.001f, 3f)]
    [InlineData(1, 0.5f, 1f, 0f)]
    public void Kept_tokens_of_all_kinds_of_rows(int topK, float topP, float minP, float topNSigma)
    {
        foreach (int length in new[] { 1, 7, 500, 1500, 3000 })
        {
            foreach (Mood mood in new[] { Mood.Normal, Mood.Ties, Mood.SomeExcluded, Mood.FarFromZero, Mood.AllEqual })
            {
                foreach (float temperature in new[] { 0.4f, 2f })
                {
                    AssertKeeps(new TokenCase(length, new RandomRewards((ulong)length).Row(length, mood))
                    {
                        Temperatures = [temperature],
                        TopK = [topK],
                        TopP = [topP],
                        MinP = [minP],
                        TopNSigma = [topNSigma],
                    });
                }
            }
        }
    }

    [Fact]
    public void Ties_at_the_threshold_are_all_kept() =>
        Assert.Equal([1, 2, 4], KeptBy(new TokenCase(5, [0, 2, 1, 0, 1]) { TopK = [2] }));

    [Fact]
    public void Top_p_counts_what_min_p_and_top_k_left()
    {
        // Probabilities 0.4, 0.3, 0.2, 0.1: of the two that top-k leaves, 0.4 is 57 %.
        float[] logits = [MathF.Log(4), MathF.Log(3), MathF.Log(2), 0];

        Assert.Equal([0], KeptBy(new TokenCase(4, logits) { TopK = [2], TopP = [0.55f] }));
        Assert.Equal([0, 1], KeptBy(new TokenCase(4, logits) { TopP = [0.55f] }));
        Assert.Equal([0], KeptBy(new TokenCase(4, logits) { MinP = [0.7f], TopP = [0.55f] }));
    }

    [Fact]
    public void Top_n_sigma_is_measured_over_all_allowed_tokens()
    {
        // Mean 1, deviation 1.26: one deviation keeps 3 to 1.74, whatever top-k leaves; the masked -9 does not count.
        var call = new TokenCase(6, [3, 2, 0, 0, 0, -9]) { TopNSigma = [1], Mask = [0b011111] };

        Assert.Equal([0, 1], KeptBy(call));
        Assert.Equal([0, 1], KeptBy(call with { TopK = [3] }));
        Assert.Equal([0, 1], KeptBy(call with { Temperatures = [7] }));
    }

    [Theory]
    [InlineData(3e38f)]
    [InlineData(1e-30f)]
    public void Top_n_sigma_of_logits_near_the_ends_of_the_range(float scale) => Assert.Equal(
        [0, 1],
        KeptBy(new TokenCase(6, [scale, 0.8f * scale, -scale, -scale, -0.9f * scale, -scale]) { TopNSigma = [1] }));

    [Fact]
    public void A_probability_of_one_keeps_tokens_that_weigh_nothing() =>
        Assert.Equal([0, 1], KeptBy(new TokenCase(2, [0, -80]) { TopP = [1] }));

    [Fact]
    public void Rewards_of_tokens_that_are_not_kept_are_not_looked_at()
    {
        var call = new TokenCase(3, [1, 0, 2]) { Rewards = [1, float.NaN, float.PositiveInfinity], TopK = [2] };

        Assert.Equal(RowStatus.RewardPositiveInfinity, TokenResult.Of(Engines.Simd, call).Status[0]);
        Assert.Equal(RowStatus.Ok, TokenResult.Of(Engines.Simd, call with { Mask = [1] }).Status[0]);
        TokenCase least = call with { Logits = [3, 0, 2], TopK = [1] };
        Assert.Equal(RowStatus.Ok, TokenResult.Of(Engines.Simd, least).Status[0]);
    }

    /// <summary>Tokens of positive probability: the likeliest twenty name them all.</summary>
    private static int[] KeptBy(TokenCase call)
    {
        TokenResult result = TokenResult.Of(Engines.Simd, call with { Top = 20 });
        return [.. result.TopToken.Where(token => token >= 0).Order()];
    }

    private static void AssertKeeps(TokenCase call)
    {
        if (!Array.Exists(call.Logits, float.IsFinite))
        {
            return;
        }

        var exact = new ExactTokens(call);
        TokenResult result = TokenResult.TokensOf(Engines.Simd, call with { Draws = 50 });
        TokenResult all = TokenResult.Of(Engines.Reference, call with { Top = 20 });
        string what = $"{call.Columns} tokens, top-k {call.TopK[0]}, top-p {call.TopP[0]}";

        double tolerance = 3e-5 + (Near.Rounding * 2 * Math.Abs(exact.BaseLogSumExp));
        Near.Absolute(exact.BaseLogSumExp, all.BaseLogSumExp[0], tolerance, what);
        Near.Relative(exact.EffectiveSampleSize, all.EffectiveSampleSize[0], 1e-4, what);
        Assert.All(result.Token, token => Assert.True(exact.Kept[token], $"{what}: token {token} is not kept"));
        Assert.Equal(Math.Min(20, exact.Kept.Count(kept => kept)), all.TopToken.Count(token => token >= 0));
    }
}

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Log-probabilities, log-sum-exps, divergence and the likeliest tokens against double precision.</summary>
public sealed class ClosedFormTests
{
    public static TheoryData<int> Lengths => [1, 2, 31, 999, 1024, 1025, 4097, 50257];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void All_outputs_are_those_of_double_precision(int length)
    {
        var random = new RandomRewards((ulong)(610 + length));
        var call = new TokenCase(length, Array.ConvertAll(random.Row(length), l => (3 * l) - 40))
        {
            Rewards = random.Row(length),
            Temperatures = [0.8f],
            Lambdas = [0.6f],
            Draws = 5,
            Top = 20,
        };
        AssertNear(call);
        AssertNear(call with { Rewards = [] });
        AssertNear(call with { Rewards = random.Row(length, Mood.FarFromZero), Lambdas = [3] });
        AssertNear(call with { Modes = [TokenTiltMode.Greedy], Draws = 1 });
        AssertNear(call with { Temperatures = [float.PositiveInfinity] });
        AssertNear(call with { Temperatures = [0f] });
        AssertNear(call with { Lambdas = [0f] });
        AssertNear(call with { Lambdas = [float.PositiveInfinity] });
    }

    [Theory]
    [InlineData(Stored.Half, Stored.Float32)]
    [InlineData(Stored.BFloat16, Stored.Half)]
    [InlineData(Stored.Float32, Stored.BFloat16)]
    public void Narrow_logits_and_rewards_are_taken_as_they_are(object stored, object rewardsStored)
    {
        var random = new RandomRewards(611);
        AssertNear(new TokenCase(2500, Array.ConvertAll(random.Row(2500), l => 4 * l))
        {
            Stored = (Stored)stored,
            Rewards = random.Row(2500),
            RewardsStored = (Stored)rewardsStored,
            Draws = 3,
            Top = 5,
        });
    }

    [Fact]
    public void Two_tokens_by_hand()
    {
        // p = (1/4, 3/4), exp(r) = (3, 1): the tilt is (1/2, 1/2), Z = 3/2.
        var call = new TokenCase(2, [0, MathF.Log(3)]) { Rewards = [MathF.Log(3), 0], Draws = 2 };
        TokenResult result = TokenResult.Of(Engines.Simd, call);

        Near.Absolute(Math.Log(4), result.BaseLogSumExp[0], 3e-7);
        Near.Absolute(Math.Log(6), result.LogSumExp[0], 3e-7);
        Near.Absolute(0.5 * Math.Log(4.0 / 3), result.Kl[0], 3e-7);
        Near.Absolute(2, result.EffectiveSampleSize[0], 3e-7);
        Near.Absolute(-Math.Log(2), result.LogProbability[0], 3e-7);
    }

    [Fact]
    public void Far_from_zero_nothing_is_lost()
    {
        // A common shift of 2^20 leaves 1/16 between neighbouring floats: the law of these logits is still exact.
        float[] near = [0, 0.125f, 1, 2.5f];
        var call = new TokenCase(4, near);
        TokenCase far = call with { Logits = Array.ConvertAll(near, l => l + 1048576f) };

        Assert.Equal(
            TokenResult.Of(Engines.Simd, call).LogProbability[0], TokenResult.Of(Engines.Simd, far).LogProbability[0]);
    }

    [Fact]
    public void Without_rewards_the_tilt_is_the_base_law()
    {
        TokenResult result = TokenResult.Of(
            Engines.Simd, new TokenCase(1500, new RandomRewards(612).Row(1500)) { Temperatures = [0.3f], Draws = 9 });

        Bitwise.Same(result.LogProbability, result.BaseLogProbability, "log-probabilities");
        Bitwise.Same(result.LogSumExp, result.BaseLogSumExp, "log-sum-exp");
        Assert.Equal(0f, result.Kl[0]);
    }

    internal static void AssertNear(TokenCase call)
    {
        TokenResult result = TokenResult.Of(Engines.Reference, call);
        var exact = new ExactTokens(call);
        string what = $"{call.Columns} tokens, T {string.Join(' ', call.Temperatures)}, lambda {call.Lambdas[0]}";
        Assert.Equal(RowStatus.Ok, result.Status[0]);
        Near.Absolute(exact.BaseLogSumExp, result.BaseLogSumExp[0], 3e-5, $"{what}: base log-sum-exp");
        Near.Absolute(exact.LogSumExp, result.LogSumExp[0], 1e-4, $"{what}: log-sum-exp");
        Near.Absolute(exact.Kl, result.Kl[0], 2e-5, $"{what}: KL");
        Near.Relative(exact.EffectiveSampleSize, result.EffectiveSampleSize[0], 2e-5, $"{what}: effective sample size");
        Assert.All(Enumerable.Range(0, call.Columns), v =>
        {
            double tolerance = 1e-4 + (4 * Near.Rounding * Math.Abs(exact.LogSumExp));
            Near.Absolute(exact.Tilt[v], result.Probabilities[v], 3e-6, $"{what}: probability of {v}");
            Assert.Equal(exact.Tilt[v] == 0 && result.Probabilities[v] == 0, float.IsInfinity(result.TiltedLogits[v]));
            Near.Absolute(
                Math.Exp(result.TiltedLogits[v] - exact.LogSumExp), exact.Tilt[v], tolerance, $"{what}: logit of {v}");
        });
        int[] order = exact.Order();
        for (int draw = 0; draw < call.Draws; draw++)
        {
            int token = result.Token[draw];
            Assert.InRange(token, 0, call.Columns - 1);
            Near.Absolute(Math.Log(exact.Tilt[token]), result.LogProbability[draw], 2e-5, $"{what}: tilt");
            Near.Absolute(Math.Log(exact.Base[token]), result.BaseLogProbability[draw], 2e-5, $"{what}: base");
            double tolerance = 2e-5 + (4 * Near.Rounding * Math.Abs(exact.ModelLog[token]));
            Near.Absolute(exact.ModelLog[token], result.ModelLogProbability[draw], tolerance, $"{what}: model");

            // Tokens whose scores are nearly equal may change places, so the rank is that of a token as likely.
            Assert.True(result.Rank[draw] < order.Length, $"{what}: rank {result.Rank[draw]} of {order.Length}");
            Near.Absolute(
                Math.Log(exact.Tilt[order[result.Rank[draw]]]), result.LogProbability[draw], 2e-5, $"{what}: rank");
        }

        for (int place = 0; place < call.Top; place++)
        {
            bool exists = place < order.Length;
            Assert.Equal(exists, result.TopToken[place] >= 0);
            if (exists)
            {
                double log = Math.Log(exact.Tilt[order[place]]);
                Near.Absolute(log, result.TopLogProbability[place], 2e-5, $"{what}: place {place}");
                Near.Absolute(log, Math.Log(exact.Tilt[result.TopToken[place]]), 2e-5, $"{what}: token at {place}");
            }
        }
    }
}

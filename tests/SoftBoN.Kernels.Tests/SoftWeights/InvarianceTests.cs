using CsCheck;

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>What does not change the weights does not change their bits, where floats can say it exactly.</summary>
public sealed class InvarianceTests
{
    /// <summary>Multiples of 2^-10 below 16: sums with integers below 4096 are exact.</summary>
    private static readonly Gen<float[]> Lattice =
        Gen.Int[-16_384, 16_384].Select(i => i / 1024f).Array[1, 200];

    private static readonly Gen<float> Lambda = Gen.Float[-6, 6].Select(MathF.Exp);

    private static readonly Gen<float[]> Rewards = Gen.Float[-10, 10].Array[1, 200];

    [Fact]
    public void Adding_a_constant_to_all_rewards_leaves_the_weights() =>
        Gen.Select(Lattice, Lambda, Gen.Int[-4095, 4095]).Sample((rewards, lambda, shift) =>
        {
            WeightsResult before = Of(rewards, lambda);
            WeightsResult after = Of(Array.ConvertAll(rewards, r => r + shift), lambda);
            Bitwise.Same(before.Weights, after.Weights, "weights");
            Bitwise.Same(before.LogWeights, after.LogWeights, "log-weights");
            Bitwise.Same(before.EffectiveSampleSize, after.EffectiveSampleSize, "ess");
            Bitwise.Same(before.KlToUniform, after.KlToUniform, "KL");
            double ulp = 8192 * Near.Rounding;
            Near.Absolute(before.ExpectedReward[0] + shift, after.ExpectedReward[0], ulp, "expected reward");
            Near.Absolute(before.LogMeanExp[0] + shift, after.LogMeanExp[0], ulp, "log-mean-exp");
        });

    [Fact]
    public void Scaling_rewards_and_lambda_by_a_power_of_two_leaves_the_weights() =>
        Gen.Select(Rewards, Lambda, Gen.Int[-40, 40]).Sample((rewards, lambda, power) =>
        {
            // Rewards that count as 0 in one scale and not in the other are another matter.
            float[] plain = Array.ConvertAll(rewards, r => Math.Abs(r) < 1e-6f ? 0f : r);
            float scale = MathF.ScaleB(1, power);
            WeightsResult before = Of(plain, lambda);
            WeightsResult after = Of(Array.ConvertAll(plain, r => r * scale), lambda * scale);
            Bitwise.Same(before.Weights, after.Weights, "weights");
            Bitwise.Same(before.LogWeights, after.LogWeights, "log-weights");
            Bitwise.Same(before.EffectiveSampleSize, after.EffectiveSampleSize, "ess");
            Bitwise.Same(before.KlFromModelBound, after.KlFromModelBound, "model bound");
            Bitwise.Same([before.LogMeanExp[0] * scale], after.LogMeanExp, "log-mean-exp");
        });

    [Fact]
    public void A_negative_lambda_is_the_same_lambda_on_negated_rewards() =>
        Gen.Select(Rewards, Lambda).Sample((rewards, lambda) =>
        {
            Batch negated = Batch.Of(Array.ConvertAll(rewards, r => -r));
            WeightsResult before = Of(rewards, lambda);
            WeightsResult after = WeightsResult.Of(Engines.Simd, negated, Temperature.Signed(-lambda));
            Bitwise.Same(before.Weights, after.Weights, "weights");
            Bitwise.Same([-before.LogMeanExp[0] + 0f], [after.LogMeanExp[0] + 0f], "log-mean-exp");
            Bitwise.Same([-before.ExpectedReward[0] + 0f], [after.ExpectedReward[0] + 0f], "expected reward");
            Bitwise.Same([-lambda], after.Lambda, "lambda");
        });

    [Fact]
    public void Excluding_candidates_is_leaving_them_out_up_to_the_order_of_the_sum() =>
        Gen.Select(Rewards, Lambda, Gen.Int[1, 7]).Sample((rewards, lambda, every) =>
        {
            float[] masked = [.. rewards.Select((r, i) => i % 8 < every ? r : float.NegativeInfinity)];
            WeightsResult with = Of(masked, lambda);
            WeightsResult without = Of([.. masked.Where(float.IsFinite)], lambda);
            float[] kept = [.. with.Weights.Where((_, i) => float.IsFinite(masked[i]))];
            for (int i = 0; i < kept.Length; i++)
            {
                Near.Relative(without.Weights[i], kept[i], 8 * Near.Rounding, "weight");
            }

            Near.Absolute(without.KlToUniform[0], with.KlToUniform[0], 2e-6, "KL");
            Near.Absolute(without.LogMeanExp[0], with.LogMeanExp[0], 4e-6 * (1 + lambda), "log-mean-exp");
        });

    [Fact]
    public void Weights_sum_to_one_and_follow_the_order_of_rewards() =>
        Gen.Select(Rewards, Lambda).Sample((rewards, lambda) =>
        {
            float[] weights = Of(rewards, lambda).Weights;
            Near.Absolute(1, weights.Sum(w => (double)w), 12 * Near.Rounding, "sum of weights");
            int[] order = [.. Enumerable.Range(0, rewards.Length).OrderBy(i => rewards[i])];
            for (int i = 1; i < order.Length; i++)
            {
                Assert.True(weights[order[i]] >= weights[order[i - 1]], "a larger reward has a smaller weight");
                Assert.True(
                    rewards[order[i]] != rewards[order[i - 1]] || weights[order[i]] == weights[order[i - 1]],
                    "equal rewards have unequal weights");
            }
        });

    private static WeightsResult Of(float[] rewards, float lambda) =>
        WeightsResult.Of(Engines.Simd, Batch.Of(rewards), Temperature.Given(lambda));
}

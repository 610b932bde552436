namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>
/// Weights and diagnostics are their formulas in double precision, within a few roundings of 2^-24. An error of x in
/// nats is a relative error of exp(x), so bounds grow with |x| and its mean; constants are just above what is seen.
/// </summary>
public sealed class FormulaTests
{
    private const double Rounding = Near.Rounding;

    /// <summary>Roundings of x: the difference of rewards, log2(e), its division by lambda, a product.</summary>
    private const double OfX = 3.3;

    /// <summary>Weights within one nat of the best: three units in the last place.</summary>
    private const double OfNearWeight = 6;
    private const double OfWeight = 6;
    private const double OfLogWeight = 9;
    private const double OfFarLogWeight = 3.5;
    private const double OfSampleSize = 12;
    private const double OfEntropy = 7;
    private const double OfKl = 12;
    private const double OfTiltBound = 6;
    private const double OfModelBound = 18;
    private const double OfMean = 5;

    /// <summary>Below this in nats, weights come to the smallest power of two that counts.</summary>
    private const double Far = -64;

    private static readonly int[] Lengths =
        [1, 2, 3, 4, 5, 8, 13, 16, 31, 33, 64, 100, 128, 129, 255, 512, 1000, 1024, 1025, 2048, 3333, 5000];

    public static TheoryData<float> Lambdas => [1e-3f, 1e-2f, 0.1f, 0.3f, 1f, 3f, 10f, 1e2f, 1e3f, 1e4f, 1e6f];

    [Theory]
    [MemberData(nameof(Lambdas))]
    public void Weights_and_log_weights(float lambda) => ForEachRow(lambda, (exact, result, starts, row) =>
    {
        for (int i = 0; i < exact.X.Length; i++)
        {
            AssertWeight(exact, i, result.Weights[starts[row] + i], result.LogWeights[starts[row] + i]);
        }
    });

    [Theory]
    [MemberData(nameof(Lambdas))]
    public void Sample_size_entropy_and_divergences(float lambda) => ForEachRow(lambda, (exact, result, _, row) =>
    {
        double logN = Math.Log(exact.Included);
        Near.Relative(exact.EffectiveSampleSize, result.EffectiveSampleSize[row], OfSampleSize * Rounding, "ess");
        Near.Absolute(exact.Entropy, result.Entropy[row], (OfEntropy + logN) * Rounding, "entropy");
        Near.Absolute(exact.KlToUniform, result.KlToUniform[row], (OfKl + logN) * Rounding, "KL to uniform");
        Near.Absolute(
            exact.ChiSquare, result.ChiSquare[row], OfSampleSize * (1 + exact.ChiSquare) * Rounding, "chi-square");
        Near.Absolute(exact.KlFromTiltBound, result.KlFromTiltBound[row], OfTiltBound * Rounding, "tilt bound");
        Near.Absolute(exact.KlFromModelBound, result.KlFromModelBound[row], OfModelBound * Rounding, "model bound");
    });

    [Theory]
    [MemberData(nameof(Lambdas))]
    public void Means_in_reward_units(float lambda) => ForEachRow(lambda, (exact, result, _, row) =>
    {
        double max = exact.Max;
        Near.Absolute(
            exact.ExpectedReward,
            result.ExpectedReward[row],
            (Math.Abs(exact.ExpectedReward) + (OfMean * (max - exact.ExpectedReward))) * Rounding,
            "expected reward");
        Near.Absolute(
            exact.LogMeanExp,
            result.LogMeanExp[row],
            (Math.Abs(exact.LogMeanExp) + (OfMean * Math.Min(lambda, max - exact.LogMeanExp))) * Rounding + 1e-11,
            "log-mean-exp");
    });

    [Theory]
    [MemberData(nameof(Lambdas))]
    public void A_negative_lambda_prefers_low_rewards(float lambda)
    {
        Batch batch = new RandomRewards(22).Rows([1, 7, 64, 1025], Mood.Normal, Mood.SomeExcluded);
        WeightsResult result = WeightsResult.Of(Engines.Simd, batch, Temperature.Signed(-lambda));
        int[] starts = batch.PackedStarts();
        for (int row = 0; row < batch.Count; row++)
        {
            var exact = new ExactWeights(batch.Row(row), -lambda);
            Near.Relative(exact.EffectiveSampleSize, result.EffectiveSampleSize[row], OfSampleSize * Rounding);
            Near.Absolute(
                exact.ExpectedReward,
                result.ExpectedReward[row],
                (Math.Abs(exact.ExpectedReward) + (OfMean * (exact.ExpectedReward - exact.Min))) * Rounding);
            for (int i = 0; i < exact.X.Length; i++)
            {
                AssertWeight(exact, i, result.Weights[starts[row] + i], result.LogWeights[starts[row] + i]);
            }
        }
    }

    private static void AssertWeight(ExactWeights exact, int i, float weight, float logWeight)
    {
        double x = exact.X[i];
        double spread = OfX * (-x - exact.MeanX);
        if (double.IsNegativeInfinity(x))
        {
            Assert.Equal(0f, weight);
            Assert.Equal(float.NegativeInfinity, logWeight);
        }
        else if (x < Far)
        {
            Assert.InRange(weight, 0f, 1.1 * Math.Exp(Far));
            Near.Relative(exact.LogWeights[i], logWeight, OfFarLogWeight * Rounding, "far log-weight");
        }
        else
        {
            double roundings = x > -1 ? Math.Min(OfNearWeight, OfWeight + spread) : OfWeight + spread;
            Near.Relative(exact.Weights[i], weight, roundings * Rounding, $"weight at x = {x:F2}");
            Near.Absolute(
                exact.LogWeights[i],
                logWeight,
                (OfLogWeight + spread + Math.Abs(exact.LogWeights[i])) * Rounding,
                $"log-weight at x = {x:F2}");
        }
    }

    private static void ForEachRow(float lambda, Action<ExactWeights, WeightsResult, int[], int> check)
    {
        Batch batch = new RandomRewards(21).Rows(
            Lengths, Mood.Normal, Mood.Ties, Mood.SomeExcluded, Mood.FarFromZero, Mood.OneIncluded);
        WeightsResult result = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(lambda));
        int[] starts = batch.PackedStarts();
        int checks = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            if (result.Status[row] == RowStatus.Ok)
            {
                check(new ExactWeights(batch.Row(row), lambda), result, starts, row);
                checks++;
            }
        }

        Assert.True(checks >= batch.Count - 3, $"{checks} of {batch.Count} rows had a result");
    }
}

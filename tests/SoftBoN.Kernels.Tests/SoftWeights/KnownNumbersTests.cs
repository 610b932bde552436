namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>A row whose results were computed elsewhere with 40-digit arithmetic.</summary>
public sealed class KnownNumbersTests
{
    private static readonly float[] Row = [.1f, -1.5f, 2, 2, .75f];

    /// <summary>The table's rewards have no float of their own: 0.1f is off by 1.5e-9.</summary>
    private const double Tolerance = 2e-7;

    [Fact]
    public void Weights_of_a_row_with_a_tie_at_the_top()
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(Row), Temperature.Given(1));
        double[] expected = [.0606456595329, .0122441474912, .405470478019, .405470478019, .116169236938];

        for (int i = 0; i < expected.Length; i++)
        {
            Near.Relative(expected[i], result.Weights[i], Tolerance);
            Near.Absolute(Math.Log(expected[i]), result.LogWeights[i], 4 * Tolerance);
        }
    }

    [Fact]
    public void Diagnostics_at_lambda_1()
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(Row), Temperature.Given(1));

        Near.Relative(2.88904014, result.EffectiveSampleSize[0], Tolerance);
        Near.Relative(1.206000027, result.Entropy[0], Tolerance);
        Near.Absolute(.403437885, result.KlToUniform[0], Tolerance);
        Near.Relative(1.696707184, result.ExpectedReward[0], Tolerance);
        Near.Relative(1.2932693, result.LogMeanExp[0], Tolerance);
        Near.Absolute((5 / 2.88904014) - 1, result.ChiSquare[0], 2 * Tolerance);
        Near.Absolute(Math.Log(1 + (((5 / 2.88904014) - 1) / 5)), result.KlFromTiltBound[0], Tolerance);
        Near.Absolute(Math.Log(5) - .8, result.KlFromModelBound[0], 2 * Tolerance);
    }

    [Theory]
    [InlineData(.5, 2.208293304, 1.929559903)]
    [InlineData(2, 3.885960736, 1.350052047)]
    public void Sample_size_and_expected_reward(float lambda, double size, double reward)
    {
        WeightsResult result = WeightsResult.Of(Engines.Simd, Batch.Of(Row), Temperature.Given(lambda));

        Near.Relative(size, result.EffectiveSampleSize[0], Tolerance);
        Near.Relative(reward, result.ExpectedReward[0], Tolerance);
    }

    [Fact]
    public void At_lambda_10_the_range_gives_the_tighter_bound() => Near.Absolute(
        Math.Log(5 / (1 + (4 * Math.Exp(-.35)))),
        WeightsResult.Of(Engines.Simd, Batch.Of(Row), Temperature.Given(10)).KlFromModelBound[0],
        2 * Tolerance);
}

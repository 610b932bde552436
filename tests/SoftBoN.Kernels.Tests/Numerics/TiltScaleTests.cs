using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed class TiltScaleTests
{
    private static readonly float[] Lambdas =
    [
        .. new[] { -125, -124, -60, -1, 0, 1, 60, 89, 90, 91, 124, 125 }.Select(Floats.PowerOfTwo),
        0.1f, 0.3f, 3f, 1e-30f, 1e30f, MathF.BitDecrement(Floats.PowerOfTwo(90)), MathF.BitDecrement(1f),
    ];

    [Fact]
    public void Ordinary_rows_are_scaled_by_one_half()
    {
        foreach (float lambda in new[] { RowLambda.Smallest, 1f, MathF.BitDecrement(Floats.PowerOfTwo(90)) })
        {
            AssertScale(TiltScale.For(TiltMode.Tilted, lambda), unitExponent: -1, zeroBelowExponent: -100);
        }

        AssertScale(TiltScale.For(TiltMode.Hard, 0f), unitExponent: -1, zeroBelowExponent: -100);
    }

    [Fact]
    public void Rows_of_large_lambda_are_scaled_further()
    {
        foreach (float lambda in new[] { Floats.PowerOfTwo(90), RowLambda.Largest })
        {
            AssertScale(TiltScale.For(TiltMode.Tilted, lambda), unitExponent: -40, zeroBelowExponent: -60);
        }

        AssertScale(TiltScale.For(TiltMode.Flat, float.PositiveInfinity), unitExponent: -40, zeroBelowExponent: -60);
    }

    [Fact]
    public void Inverse_is_the_reciprocal_of_lambda_and_unit()
    {
        foreach (float lambda in Lambdas)
        {
            TiltScale scale = TiltScale.For(TiltMode.Tilted, lambda);

            Assert.Equal((double)(1f / lambda) / scale.Unit, scale.Inverse);
            Assert.Equal((double)(1.44269504f / lambda) / scale.Unit, scale.Inverse2);
            Assert.True(float.IsNormal(scale.Inverse));
            Assert.True(float.IsNormal(scale.Inverse2));
        }

        Assert.Equal(0f, TiltScale.For(TiltMode.Hard, 0f).Inverse);
        Assert.Equal(0f, TiltScale.For(TiltMode.Flat, float.PositiveInfinity).Inverse);
    }

    /// <summary>
    /// The scale is exact: x has the bits of RN(RN(r - max) RN(1 / lambda)), whatever the difference's exponent.
    /// </summary>
    [Fact]
    public void X_through_the_scale_is_what_it_is_without()
    {
        foreach (float lambda in Lambdas)
        {
            TiltScale scale = TiltScale.For(TiltMode.Tilted, lambda);
            foreach ((float reward, float max) in Pairs(scale.ZeroBelow))
            {
                float x = Arith.Mul(Deviation(in scale, reward, max), scale.Inverse);

                Assert.Equal((float)(RoundedDifference(reward, max) * (1f / lambda)), x);
            }
        }
    }

    [Fact]
    public void Differences_are_finite_and_never_subnormal()
    {
        foreach (float lambda in Lambdas)
        {
            TiltScale scale = TiltScale.For(TiltMode.Tilted, lambda);
            foreach ((float reward, float max) in Pairs(scale.ZeroBelow))
            {
                float difference = Deviation(in scale, reward, max);

                Assert.True(float.IsNormal(difference) || difference == 0, $"{reward:G9} - {max:G9}");
                Assert.Equal(reward == max, difference == 0);
            }
        }
    }

    /// <summary>The longest row there can be, all of it at the place where exp(x) d is largest, x = -1.</summary>
    [Fact]
    public void Sums_of_differences_stay_finite()
    {
        foreach (float lambda in Lambdas)
        {
            TiltScale scale = TiltScale.For(TiltMode.Tilted, lambda);
            double reward = Math.Min(lambda, 2.0 * float.MaxValue);
            double term = Math.Exp(-reward / lambda) * reward * scale.Unit;

            Assert.True(term * int.MaxValue < float.MaxValue, $"lambda {lambda:G9}");
        }

        double flat = 2.0 * float.MaxValue * TiltScale.For(TiltMode.Flat, 0f).Unit;
        Assert.True(flat * int.MaxValue < float.MaxValue);
    }

    private static void AssertScale(TiltScale scale, int unitExponent, int zeroBelowExponent)
    {
        Assert.Equal(Floats.PowerOfTwo(unitExponent), scale.Unit);
        Assert.Equal(Floats.PowerOfTwo(-unitExponent), scale.InverseUnit);
        Assert.Equal(Floats.PowerOfTwo(zeroBelowExponent), scale.ZeroBelow);
    }

    /// <summary>The same expression as the operations use.</summary>
    private static float Deviation(in TiltScale scale, float reward, float max) =>
        Arith.Fma(reward, scale.Unit, Arith.Mul(-scale.Unit, max));

    /// <summary>reward - max rounded to 24 bits, without float's limits: at a scale where it cannot overflow.</summary>
    private static double RoundedDifference(float reward, float max)
    {
        bool large = MathF.Max(MathF.Abs(reward), MathF.Abs(max)) > Floats.PowerOfTwo(100);
        return large ? 2.0 * ((reward * 0.5f) - (max * 0.5f)) : (double)(reward - max);
    }

    /// <summary>Rewards of all magnitudes that are not zeroed, with maxima that are equal, next, or far.</summary>
    private static IEnumerable<(float Reward, float Max)> Pairs(float zeroBelow)
    {
        float[] magnitudes =
        [
            0f, zeroBelow, MathF.BitIncrement(zeroBelow), 2 * zeroBelow, 1f, 0.1f, 1000f, float.MaxValue,
            .. RandomWords.Make(seed: 5, count: 40).Select(word => Floats.FromBits(word & 0x7f7fffff)),
        ];
        float[] values = [.. magnitudes.Where(x => x == 0 || x >= zeroBelow).SelectMany(x => new[] { x, -x })];
        foreach (float max in values)
        {
            foreach (float reward in values.Append(MathF.BitDecrement(max)).Append(-1.5f * zeroBelow))
            {
                bool isZeroed = reward != 0 && MathF.Abs(reward) < zeroBelow;
                if (reward <= max && !isZeroed && float.IsFinite(reward))
                {
                    yield return (reward, max);
                }
            }
        }
    }
}

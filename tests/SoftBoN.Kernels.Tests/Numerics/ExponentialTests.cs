using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.NumericsProof;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed class ExponentialTests
{
    private const uint SmallestNormal = 0x00800000;

    [Fact]
    public void Exp_has_exact_ends()
    {
        Assert.Equal(1f, Exponential.Exp(0f));
        Assert.Equal(1f, Exponential.Exp(-0f));
        Assert.Equal(1f, Exponential.Exp(-float.Epsilon));
        Assert.Equal(0u, Floats.BitsOf(Exponential.Exp(float.NegativeInfinity)));
        Assert.Equal(0u, Floats.BitsOf(Exponential.Exp(float.MinValue)));
    }

    [Fact]
    public void Expm1_has_exact_ends()
    {
        Assert.Equal(0u, Floats.BitsOf(Exponential.Expm1(0f)));
        Assert.Equal(0u, Floats.BitsOf(Exponential.Expm1(-0f)));
        Assert.Equal(-1f, Exponential.Expm1(float.NegativeInfinity));
        Assert.Equal(-1f, Exponential.Expm1(float.MinValue));
        Assert.Equal(-1f, Exponential.Expm1(-25f));
    }

    [Theory]
    [InlineData(0x7fc00000u)]
    [InlineData(0xffc00000u)]
    [InlineData(0x7fc12345u)]
    [InlineData(0xffd54321u)]
    [InlineData(0x7f800001u)]
    public void NaN_stays_NaN(uint bits)
    {
        Assert.True(float.IsNaN(Exponential.Exp(Floats.FromBits(bits))));
        Assert.True(float.IsNaN(Exponential.Expm1(Floats.FromBits(bits))));
    }

    /// <summary>The smallest result is normal, the next argument gives 0: no result is ever subnormal.</summary>
    [Fact]
    public void Exp_goes_from_the_smallest_normal_results_to_zero()
    {
        float last = Exponential.UnderflowBelow;

        Assert.InRange(Floats.BitsOf(Exponential.Exp(last)), SmallestNormal, SmallestNormal + 64);
        Assert.Equal(0u, Floats.BitsOf(Exponential.Exp(MathF.BitDecrement(last))));
    }

    [Fact]
    public void Exp_is_within_its_bound()
    {
        foreach (float x in Negative(Exponential.UnderflowBelow))
        {
            float e = Exponential.Exp(x);

            Assert.True(float.IsNormal(e));
            Assert.InRange(Ulp.Error(e, Math.Exp(x)), 0, 0.89);
        }
    }

    /// <summary>Every integer is exact, and the results end at 2^-94, far above what is subnormal.</summary>
    [Fact]
    public void Exp2_of_integers_is_exact_down_to_its_threshold()
    {
        for (int x = 0; x >= -94; x--)
        {
            Assert.Equal(Floats.PowerOfTwo(x), Exponential.Exp2(x));
        }

        Assert.Equal(1f, Exponential.Exp2(-0f));
        Assert.Equal(0u, Floats.BitsOf(Exponential.Exp2(MathF.BitDecrement(-94f))));
        Assert.Equal(0u, Floats.BitsOf(Exponential.Exp2(float.MinValue)));
        Assert.Equal(0u, Floats.BitsOf(Exponential.Exp2(float.NegativeInfinity)));
    }

    [Fact]
    public void Exp2_is_within_its_bound()
    {
        foreach (float x in Negative(Exponential.Exp2UnderflowBelow))
        {
            Assert.InRange(Ulp.Error(Exponential.Exp2(x), Math.Pow(2, x)), 0, 0.786);
        }
    }

    [Fact]
    public void Expm1_is_within_its_bound()
    {
        foreach (float x in Negative(float.MinValue).Where(x => !float.IsSubnormal(x)))
        {
            Assert.InRange(Ulp.Error(Exponential.Expm1(x), Truth.Expm1(x)), 0, 0.952);
        }
    }

    /// <summary>Known to 20 digits, so that the bounds above do not rest on the compensated forms alone.</summary>
    [Theory]
    [InlineData(-1e-10, -9.9999999995000000000e-11, -1.00000000005000000000e-10)]
    [InlineData(-1e-5, -9.9999500001666662500e-6, -1.0000050000333335833e-5)]
    [InlineData(-0.25, -2.2119921692859513175e-1, -2.8768207245178092744e-1)]
    [InlineData(-0.75, -5.2763344725898529280e-1, -1.3862943611198906188)]
    public void Truth_is_true(double x, double expm1, double log1p)
    {
        Assert.Equal(1, Truth.Expm1(x) / expm1, 1e-15);
        Assert.Equal(1, Truth.Log1p(x) / log1p, 1e-15);
    }

    private static IEnumerable<float> Negative(float lowest) =>
        Floats.Sample().Concat(Floats.Specials).Where(x => x <= 0 && x >= lowest);
}

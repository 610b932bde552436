using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.NumericsProof;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed class LogarithmTests
{
    [Fact]
    public void Log_of_special_values()
    {
        Assert.Equal(0x80000000u, Floats.BitsOf(Logarithm.Log(1f)));
        Assert.Equal(float.NegativeInfinity, Logarithm.Log(0f));
        Assert.Equal(float.NegativeInfinity, Logarithm.Log(-0f));
        Assert.Equal(float.NegativeInfinity, Logarithm.Log(Floats.FromBits(0x007fffff)));
        Assert.Equal(float.NegativeInfinity, Logarithm.Log(-float.Epsilon));
        Assert.Equal(float.PositiveInfinity, Logarithm.Log(float.PositiveInfinity));
        Assert.True(float.IsNaN(Logarithm.Log(-Floats.FromBits(0x00800000))));
        Assert.True(float.IsNaN(Logarithm.Log(float.NegativeInfinity)));
    }

    [Fact]
    public void Log1p_of_special_values()
    {
        Assert.Equal(0f, Logarithm.Log1p(0f));
        Assert.Equal(0f, Logarithm.Log1p(-0f));
        Assert.Equal(float.Epsilon, Logarithm.Log1p(float.Epsilon));
        Assert.Equal(-1e-30f, Logarithm.Log1p(-1e-30f));
        Assert.Equal(float.NegativeInfinity, Logarithm.Log1p(-1f));
        Assert.Equal(float.PositiveInfinity, Logarithm.Log1p(float.PositiveInfinity));
        Assert.True(float.IsNaN(Logarithm.Log1p(MathF.BitDecrement(-1f))));
        Assert.True(float.IsNaN(Logarithm.Log1p(float.NegativeInfinity)));
    }

    [Theory]
    [InlineData(0x7fc00000u)]
    [InlineData(0xffc00000u)]
    [InlineData(0x7fc12345u)]
    [InlineData(0xffd54321u)]
    public void NaN_is_returned_as_it_is(uint bits)
    {
        Assert.Equal(bits, Floats.BitsOf(Logarithm.Log(Floats.FromBits(bits))));
        Assert.Equal(bits, Floats.BitsOf(Logarithm.Log1p(Floats.FromBits(bits))));
    }

    [Fact]
    public void Log_is_within_its_bound()
    {
        foreach (float x in Usable().Where(x => x > 0))
        {
            Assert.InRange(Ulp.Error(Logarithm.Log(x), Math.Log(x)), 0, 1.35);
            Assert.Equal(-Logarithm.Log(x), Logarithm.NegLog(x));
        }
    }

    [Fact]
    public void Log1p_is_within_its_bound()
    {
        foreach (float x in Usable().Where(x => x > -1))
        {
            Assert.InRange(Ulp.Error(Logarithm.Log1p(x), Truth.Log1p(x)), 0, 1.35);
        }
    }

    /// <summary>Both sides of the argument from which on log(1 + x) is taken for log(x).</summary>
    [Fact]
    public void Log1p_does_not_jump_where_it_becomes_log()
    {
        foreach (float x in Floats.Around(Logarithm.Log1pIsLog))
        {
            Assert.InRange(Ulp.Error(Logarithm.Log1p(x), Truth.Log1p(x)), 0, 1.35);
        }

        Assert.True(Logarithm.Log1p(MathF.BitDecrement(Logarithm.Log1pIsLog)) <= Logarithm.Log1p(Logarithm.Log1pIsLog));
    }

    [Fact]
    public void NegLog1m_is_log1p_negated()
    {
        foreach (float v in Usable().Where(v => v >= -Logarithm.Log1pIsLog && v < 1))
        {
            Assert.InRange(Ulp.Error(Logarithm.NegLog1m(v), -Truth.Log1p(-(double)v)), 0, 1.35);
        }
    }

    private static IEnumerable<float> Usable() => Floats.Sample().Concat(Floats.Specials).Where(float.IsNormal);
}

using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed class BitsTests
{
    [Fact]
    public void Thresholds_are_the_documented_powers_of_two()
    {
        Assert.Equal(0x0d800000u, Floats.BitsOf(Bits.TinyProduct));
        Assert.Equal(0x01000000u, Floats.BitsOf(Bits.TinyResult));
        Assert.Equal(0x7fc00000u, Bits.NoResult);
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(-125)]
    public void Magnitudes_below_a_threshold_count_as_plus_zero(int exponent)
    {
        float threshold = Floats.PowerOfTwo(exponent);
        float below = MathF.BitDecrement(threshold);

        Assert.Equal(threshold, Bits.ZeroBelow(threshold, threshold));
        Assert.Equal(-threshold, Bits.ZeroBelowKeepNaN(-threshold, threshold));
        Assert.Equal(0u, Floats.BitsOf(Bits.ZeroBelow(below, threshold)));
        Assert.Equal(0u, Floats.BitsOf(Bits.ZeroBelow(-below, threshold)));
        Assert.Equal(0u, Floats.BitsOf(Bits.ZeroBelowKeepNaN(-below, threshold)));
        Assert.Equal(0u, Floats.BitsOf(Bits.ZeroBelowKeepNaN(-0f, threshold)));
        Assert.Equal(float.NegativeInfinity, Bits.ZeroBelow(float.NegativeInfinity, threshold));
    }

    [Fact]
    public void NaN_is_zeroed_or_kept_as_named()
    {
        float nan = Floats.FromBits(0xffd54321);

        Assert.Equal(0u, Floats.BitsOf(Bits.ZeroBelow(nan, Bits.TinyProduct)));
        Assert.Equal(0xffd54321u, Floats.BitsOf(Bits.ZeroBelowKeepNaN(nan, Bits.TinyProduct)));
    }
}

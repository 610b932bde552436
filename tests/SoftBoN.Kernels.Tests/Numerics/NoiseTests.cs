using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed class NoiseTests
{
    [Fact]
    public void Uniform_has_its_documented_ends()
    {
        Assert.Equal(Floats.PowerOfTwo(-32), Noise.Uniform(0));
        Assert.Equal(Floats.PowerOfTwo(-32), Noise.Uniform(1));
        Assert.Equal(1f - Floats.PowerOfTwo(-24), Noise.Uniform(uint.MaxValue));
        Assert.Equal(0.5f, Noise.Uniform(0x80000000));
    }

    /// <summary>(2 w' + 1) / 2^32: exact while w' + 1/2 has 24 bits, else within a unit of the last place.</summary>
    [Fact]
    public void Uniform_is_the_middle_of_its_cell()
    {
        for (ulong word = 0; word <= uint.MaxValue; word += Floats.Stride)
        {
            uint upper = (uint)word >> 1;
            double middle = ((2.0 * upper) + 1) / 4294967296.0;
            float v = Noise.Uniform((uint)word);
            double allowed = upper < 1 << 23 ? 0 : middle * Floats.PowerOfTwo(-23);

            Assert.InRange(v, middle - allowed, middle + allowed);
            Assert.InRange(v, Floats.PowerOfTwo(-32), 1 - Floats.PowerOfTwo(-24));
        }
    }

    [Fact]
    public void The_lowest_bit_of_a_word_is_not_used()
    {
        foreach (uint word in RandomWords.Make(seed: 3, count: 1000))
        {
            Assert.Equal(Noise.Gumbel(word & ~1u), Noise.Gumbel(word | 1));
            Assert.Equal(Noise.Exponential(word & ~1u), Noise.Exponential(word | 1));
        }
    }

    /// <summary>v is 2^-32 or 1 - 2^-24 there: log(2^32) = 22.18070978, -log(24 log 2) = -2.81154..., 2^-24.</summary>
    [Fact]
    public void Extreme_words_give_extreme_noise()
    {
        Assert.Equal(22.180709777918249, Noise.Gumbel(0), 5e-6);
        Assert.Equal(-Math.Log(24 * Math.Log(2)), Noise.Gumbel(uint.MaxValue), 1e-6);
        Assert.Equal(22.180709777918249, Noise.Exponential(0), 5e-6);
        Assert.Equal(5.9604646e-8f, Noise.Exponential(uint.MaxValue));
        Assert.InRange(Noise.Gumbel(0), Noise.GumbelMin, Noise.GumbelMax);
        Assert.InRange(Noise.Gumbel(uint.MaxValue), Noise.GumbelMin, Noise.GumbelMax);
    }

    [Fact]
    public void Gumbel_is_close_to_its_closed_form()
    {
        for (ulong word = 0; word <= uint.MaxValue; word += Floats.Stride)
        {
            double v = Noise.Uniform((uint)word);
            double expected = -Math.Log(-SoftBoN.NumericsProof.Truth.Log1p(-v));

            Assert.Equal(expected, Noise.Gumbel((uint)word), 1.04e-6);
        }
    }

    [Fact]
    public void Exponential_is_close_to_its_closed_form()
    {
        for (ulong word = 0; word <= uint.MaxValue; word += Floats.Stride)
        {
            double expected = -Math.Log(Noise.Uniform((uint)word));

            Assert.InRange(SoftBoN.NumericsProof.Ulp.Error(Noise.Exponential((uint)word), expected), 0, 1.32);
        }
    }
}

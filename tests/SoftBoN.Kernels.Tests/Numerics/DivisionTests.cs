using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>Division by fused multiply-adds against the processor's. The proof tool tries every input.</summary>
public sealed class DivisionTests
{
    [Fact]
    public void Reciprocal_is_correctly_rounded()
    {
        float largest = Floats.PowerOfTwo(126);
        foreach (float x in Normal().Where(x => MathF.Abs(x) <= largest))
        {
            AssertBits(1f / x, DivisionByFma.Rcp(x));
        }
    }

    [Fact]
    public void Reciprocal_of_the_all_ones_mantissa_is_patched_at_every_exponent()
    {
        for (int exponent = -126; exponent < 126; exponent++)
        {
            float x = MathF.BitDecrement(Floats.PowerOfTwo(exponent + 1));

            AssertBits(1f / x, DivisionByFma.Rcp(x));
            AssertBits(-1f / x, DivisionByFma.Rcp(-x));
        }
    }

    [Fact]
    public void Square_root_is_correctly_rounded()
    {
        foreach (float x in Normal().Where(x => x > 0))
        {
            AssertBits(MathF.Sqrt(x), DivisionByFma.Sqrt(x));
        }

        AssertBits(0f, DivisionByFma.Sqrt(0f));
    }

    [Fact]
    public void Quotient_is_correctly_rounded_or_flushed()
    {
        float[] divisors = [.. Floats.Specials.Where(float.IsNormal)];
        float[] numerators = [.. Normal().Where((_, i) => i % 199 == 0), 0f];
        foreach (float b in divisors)
        {
            foreach (float a in numerators)
            {
                AssertBits(Flushed(a / b), DivisionByFma.Div(a, b));
                AssertBits(Flushed(a / b), Division.Div(a, b));
            }
        }
    }

    [Fact]
    public void Quotients_at_the_flush_threshold()
    {
        float threshold = Floats.PowerOfTwo(-125);
        float b = 1.25f;
        foreach (float a in Floats.Around(threshold).SelectMany(x => Floats.Around(x * b)))
        {
            AssertBits(Flushed(a / b), DivisionByFma.Div(a, b));
            AssertBits(Flushed(-a / b), DivisionByFma.Div(-a, b));
        }

        Assert.Equal(threshold, Division.Div(threshold, 1f));
        AssertBits(0f, Division.Div(MathF.BitDecrement(threshold), 1f));
        AssertBits(0f, Division.Div(-MathF.BitDecrement(threshold), 1f));
    }

    private static float Flushed(float x) => MathF.Abs(x) < Floats.PowerOfTwo(-125) ? 0f : x;

    private static void AssertBits(float expected, float actual) =>
        Assert.Equal(Floats.BitsOf(expected), Floats.BitsOf(actual));

    private static IEnumerable<float> Normal() => Floats.Sample().Concat(Floats.Specials).Where(float.IsNormal);
}

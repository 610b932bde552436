using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>Vectors return the scalars' bits, at whatever width the tests run.</summary>
public sealed class VectorFormTests
{
    private static readonly float[] All = [.. Floats.Specials, .. Floats.Sample()];

    [Fact]
    public void Exp() => AssertSame(AtMostZero(), Exponential.Exp, x => Exponential.Exp(x));

    [Fact]
    public void Exp2() =>
        AssertSame([.. AtMostZero().Where(x => x <= 0)], Exponential.Exp2, x => Exponential.Exp2(x));

    [Fact]
    public void Exp2_of_four_vectors()
    {
        float[] inputs = Padded([.. AtMostZero().Where(x => x <= 0)], Vector<float>.Count * 4);
        int width = Vector<float>.Count;
        for (int i = 0; i < inputs.Length; i += 4 * width)
        {
            var x0 = new Vector<float>(inputs, i);
            var x1 = new Vector<float>(inputs, i + width);
            var x2 = new Vector<float>(inputs, i + (2 * width));
            var x3 = new Vector<float>(inputs, i + (3 * width));
            Exponential.Exp2(ref x0, ref x1, ref x2, ref x3);
            AssertLanes(inputs, i, x0, Exponential.Exp2);
            AssertLanes(inputs, i + width, x1, Exponential.Exp2);
            AssertLanes(inputs, i + (2 * width), x2, Exponential.Exp2);
            AssertLanes(inputs, i + (3 * width), x3, Exponential.Exp2);
        }
    }

    [Theory]
    [InlineData(1f, 0f, 1f)]
    [InlineData(0.5f, -0.25f, 2.885390f)]
    public unsafe void Exp2_of_512_bits(float unit, float offset, float factor)
    {
        float[] inputs = Padded([.. AtMostZero().Where(x => x <= 0)], 16);
        var actual = new float[inputs.Length];
        fixed (float* values = inputs, exps = actual)
        {
            WideExponential.Make(values, exps, inputs.Length, unit, offset, factor);
        }

        float[] expected =
            [.. inputs.Select(x => Exponential.Exp2(Arith.Mul(Arith.Fma(x, unit, offset), factor)))];
        Bitwise.Same(expected, actual, "powers of two");
    }

    [Fact]
    public unsafe void Gumbel_noise_of_512_bits()
    {
        uint[] inputs = [0, 1, 2, 3, 4, 5, int.MaxValue, 1u << 31, (1u << 31) + 3, uint.MaxValue - 1, uint.MaxValue,
            .. Enumerable.Range(0, (1 << 16) - 11).Select(i => (uint)i * 2_654_435_761)];
        var actual = new float[inputs.Length];
        fixed (uint* words = inputs)
        {
            fixed (float* noise = actual)
            {
                Noise.WideGumbel(words, noise, inputs.Length);
            }
        }

        Bitwise.Same([.. inputs.Select(word => Noise.Gumbel(word))], actual, "noise");
    }

    [Fact]
    public void Expm1() => AssertSame(AtMostZero(), Exponential.Expm1, x => Exponential.Expm1(x));

    [Fact]
    public void Log() => AssertSame(All, Logarithm.Log, x => Logarithm.Log(x));

    [Fact]
    public void Log1p() => AssertSame(All, Logarithm.Log1p, x => Logarithm.Log1p(x));

    [Fact]
    public void Reciprocal()
    {
        float[] inputs = [.. Normal().Where(x => MathF.Abs(x) <= Floats.PowerOfTwo(126))];

        AssertSame(inputs, DivisionByFma.Rcp, x => DivisionByFma.Rcp(x));
        AssertSame(inputs, Division.Rcp, x => Division.Rcp(x));
    }

    [Fact]
    public void Square_root()
    {
        float[] inputs = [0f, .. Normal().Where(x => x > 0)];

        AssertSame(inputs, DivisionByFma.Sqrt, x => DivisionByFma.Sqrt(x));
        AssertSame(inputs, Division.Sqrt, x => Division.Sqrt(x));
    }

    [Fact]
    public void Quotient()
    {
        foreach (float b in Floats.Specials.Where(float.IsNormal))
        {
            float[] inputs = [0f, .. Normal().Where((_, i) => i % 101 == 0)];

            AssertSame(inputs, a => DivisionByFma.Div(a, b), a => DivisionByFma.Div(a, Vector.Create(b)));
            AssertSame(inputs, a => Division.Div(a, b), a => Division.Div(a, Vector.Create(b)));
        }
    }

    [Fact]
    public void Zeroing_of_tiny_values()
    {
        float[] inputs = [.. Floats.Specials, .. Floats.Sample().Where((_, i) => i % 11 == 0)];
        foreach (float threshold in new[] { Bits.TinyProduct, Bits.TinyResult })
        {
            var lanes = Vector.Create(threshold);
            AssertSame(inputs, x => Bits.ZeroBelow(x, threshold), x => Bits.ZeroBelow(x, lanes));
            AssertSame(inputs, x => Bits.ZeroBelowKeepNaN(x, threshold), x => Bits.ZeroBelowKeepNaN(x, lanes));
        }
    }

    [Fact]
    public void Noise_of_words()
    {
        uint[] words = [0, 1, uint.MaxValue, int.MaxValue, 0x80000000, .. RandomWords.Make(seed: 11, count: 1 << 18)];
        Array.Resize(ref words, words.Length / Vector<uint>.Count * Vector<uint>.Count);
        for (int i = 0; i < words.Length; i += Vector<uint>.Count)
        {
            var lanes = new Vector<uint>(words, i);
            AssertWordLanes(words, i, Noise.Uniform(lanes), Noise.Uniform);
            AssertWordLanes(words, i, Noise.Gumbel(lanes), Noise.Gumbel);
            AssertWordLanes(words, i, Noise.Exponential(lanes), Noise.Exponential);
        }
    }

    private static IEnumerable<float> Normal() => All.Where(float.IsNormal);

    private static float[] AtMostZero() => [.. All.Where(x => x <= 0 || float.IsNaN(x))];

    private static void AssertSame(
        float[] inputs, Func<float, float> scalar, Func<Vector<float>, Vector<float>> lanes)
    {
        float[] padded = Padded(inputs, Vector<float>.Count);
        for (int i = 0; i < padded.Length; i += Vector<float>.Count)
        {
            AssertLanes(padded, i, lanes(new Vector<float>(padded, i)), scalar);
        }
    }

    private static void AssertLanes(float[] inputs, int start, Vector<float> results, Func<float, float> scalar)
    {
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            uint expected = Floats.BitsOf(scalar(inputs[start + lane]));
            uint actual = Floats.BitsOf(results[lane]);
            if (expected != actual)
            {
                Assert.Fail($"{inputs[start + lane]:G9}: scalar 0x{expected:x8}, lane {lane} 0x{actual:x8}");
            }
        }
    }

    private static void AssertWordLanes(uint[] words, int start, Vector<float> results, Func<uint, float> scalar)
    {
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            uint expected = Floats.BitsOf(scalar(words[start + lane]));
            if (expected != Floats.BitsOf(results[lane]))
            {
                Assert.Fail($"word 0x{words[start + lane]:x8}: scalar 0x{expected:x8}, lane {lane} {results[lane]:G9}");
            }
        }
    }

    private static float[] Padded(float[] inputs, int multiple) =>
        [.. inputs, .. Enumerable.Repeat(-1f, (multiple - (inputs.Length % multiple)) % multiple)];
}

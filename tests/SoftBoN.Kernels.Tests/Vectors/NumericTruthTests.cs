using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Files;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>
/// The committed bits of the numeric functions against double precision, published answers and definitions.
/// </summary>
[Trait("Suite", "Vectors")]
public sealed class NumericTruthTests
{
    private const double MostUlps = 1.5;

    [Theory]
    [InlineData("exponential")]
    [InlineData("race-exponential")]
    [InlineData("exp")]
    [InlineData("exp2")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("log1p")]
    public void Functions_are_within_their_bound_of_double_precision(string function)
    {
        foreach ((uint[] input, float output) in Lines(function))
        {
            double truth = Truth(function, input[0]);
            double error = Math.Abs(output - truth);
            double ulp = MathF.BitIncrement(MathF.Abs(output)) - MathF.Abs(output);
            bool both = double.IsNaN(truth) ? float.IsNaN(output) : output == truth;
            Assert.True(both || error <= MostUlps * ulp, $"{function}({input[0]:x8}) is {output:G9}, not {truth:R}");
        }
    }

    /// <summary>The exponential variable's relative error becomes an absolute one.</summary>
    [Fact]
    public void Gumbel_noise_is_within_its_bound_of_double_precision()
    {
        foreach ((uint[] input, float output) in Lines("gumbel"))
        {
            double truth = -Math.Log(-Log1p(-Uniform(input[0])));
            double ulp = MathF.BitIncrement(MathF.Abs(output)) - MathF.Abs(output);
            double bound = MostUlps * (ulp + Math.ScaleB(1, -23));
            Assert.InRange(output, truth - bound, truth + bound);
        }
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("rcp")]
    [InlineData("div")]
    [InlineData("sqrt")]
    public void Exact_functions_are_correctly_rounded(string function)
    {
        foreach ((uint[] input, float output) in Lines(function))
        {
            float a = BitConverter.UInt32BitsToSingle(input[0]);
            float truth = (float)(function switch
            {
                "uniform" => Uniform(input[0]),
                "rcp" => 1.0 / a,
                "sqrt" => Math.Sqrt(a),
                _ => (double)a / BitConverter.UInt32BitsToSingle(input[1]),
            });
            truth = function == "div" && MathF.Abs(truth) < MathF.ScaleB(1f, -125) ? 0f : truth;
            Assert.True(truth.Equals(output), $"{function}({input[0]:x8} …) is {output:G9}, not {truth:G9}");
        }
    }

    [Theory]
    [InlineData("00000000 00000000 00000000 00000000 00000000 00000000 -> 6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff -> 408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 -> d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Published_answers_of_philox_are_among_the_vectors(string line) =>
        Assert.Contains(line, VectorFiles.Numerics.Single(file => file.Function == "philox").Cases);

    [Fact]
    public void Canonical_sums_follow_their_definition()
    {
        foreach ((string input, float output) in TextLines("canonical-sum"))
        {
            float[] values = Inputs.Floats(input);
            double exact = values.Sum(value => (double)value);
            double bound = values.Sum(value => Math.Abs((double)value)) * 40 * Math.ScaleB(1, -24);

            Assert.Equal(SumByDefinition(values), output);
            Assert.InRange(output, exact - bound, exact + bound);
        }
    }

    [Fact]
    public void Sums_of_powers_are_near_double_precision()
    {
        foreach ((string input, float output) in TextLines("sum-of-exp2"))
        {
            float[] x = Inputs.Floats(input);
            double max = x.Max();
            double truth = x.Sum(value => Math.Pow(2, value - max));

            Assert.InRange(output, truth * (1 - 3e-6), truth * (1 + 3e-6));
        }
    }

    private static double Truth(string function, uint word)
    {
        double x = BitConverter.UInt32BitsToSingle(word);
        return function switch
        {
            "exponential" => -Log1p(-Uniform(word)),
            "race-exponential" => -Math.Log(Uniform(word)),
            "exp" => x < -87.33654f ? 0 : Math.Exp(x),
            "exp2" => x < -94 ? 0 : Math.Pow(2, x),
            "expm1" => Expm1(x),
            "log" => Math.Abs(x) < 1.17549435e-38 ? double.NegativeInfinity : Math.Log(x),
            _ => x < -1 ? double.NaN : Log1p(x),
        };
    }

    /// <summary>(word / 2), rounded to a float, times 2^-31, plus 2^-32, rounded again, at most 1 - 2^-24.</summary>
    private static double Uniform(uint word)
    {
        float half = (int)(word >> 1);
        return Math.Min((float)((half * Math.ScaleB(1, -31)) + Math.ScaleB(1, -32)), 1 - Math.ScaleB(1, -24));
    }

    /// <summary>Kahan's quotients: the rounding of 1 + x cancels.</summary>
    private static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsInfinity(x) ? x : x == -1 ? double.NegativeInfinity : Math.Log(u) * (x / (u - 1));
    }

    private static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u == 0 ? -1 : (u - 1) * (x / Math.Log(u));
    }

    private static float SumByDefinition(float[] values)
    {
        float[] sums = [.. values.Chunk(1024).Select(SegmentByDefinition)];
        return sums.Length > 1 ? SumByDefinition(sums) : sums[0];
    }

    private static float SegmentByDefinition(float[] segment)
    {
        var lanes = new float[128];
        for (int i = 0; i < segment.Length; i++)
        {
            lanes[i % 128] += segment[i];
        }

        float[] groups = [.. lanes.Chunk(4).Select(a => (a[0] + a[2]) + (a[1] + a[3]))];
        while (groups.Length > 1)
        {
            int half = groups.Length / 2;
            groups = [.. groups[..half].Zip(groups[half..], (a, b) => a + b)];
        }

        return groups[0];
    }

    private static IEnumerable<(uint[] Input, float Output)> Lines(string function) =>
        TextLines(function).Select(line => (line.Input.Split(' ').Select(SpecText.ToWord).ToArray(), line.Output));

    private static IEnumerable<(string Input, float Output)> TextLines(string function)
    {
        (string[] inputs, string[] outputs) =
            VectorSuite.Split(VectorFiles.Numerics.Single(file => file.Function == function));
        return inputs.Zip(outputs.Select(SpecText.ToWord).Select(BitConverter.UInt32BitsToSingle));
    }
}

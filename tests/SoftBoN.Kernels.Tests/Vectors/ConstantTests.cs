using SoftBoN.Kernels.Ops.Numerics;
using SoftBoN.Kernels.Vectors;
using SoftBoN.Kernels.Vectors.Data;
using SoftBoN.Kernels.Vectors.Files;

namespace SoftBoN.Kernels.Tests.Vectors;

/// <summary>
/// The vectors notice a change of any constant of the numeric functions. The functions are written here once more, with
/// their constants as arguments: with the library's constants they give every committed bit, with any one changed they
/// do not.
/// </summary>
[Trait("Suite", "Vectors")]
public sealed class ConstantTests
{
    private const float Change = 1f + (1f / 16384f);
    private const float Magic = Exponential.RoundingMagic;

    private static readonly float[] ExpConstants =
    [
        Exponential.Log2E, Exponential.Ln2High, Exponential.Ln2Low, Exponential.P0, Exponential.P1, Exponential.P2,
        Exponential.P3, Exponential.P4, Exponential.UnderflowBelow,
    ];

    private static readonly float[] Exp2Constants =
    [
        Exponential.Q1, Exponential.Q2, Exponential.Q3, Exponential.Q4, Exponential.Q5, Exponential.Q6,
        Exponential.Exp2UnderflowBelow,
    ];

    private static readonly float[] LogConstants =
    [
        Logarithm.R0, Logarithm.R1, Logarithm.R2, Logarithm.R3, Logarithm.R4, Logarithm.R5, Logarithm.R6,
        Logarithm.Ln2Scaled,
    ];

    private static readonly float[] NoiseConstants =
        [.. LogConstants, Noise.UnitScale, Noise.HalfStep, Noise.LargestUniform];

    public static TheoryData<string, int> Constants
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string function in new[] { "exp", "exp2", "expm1", "log", "exponential" })
            {
                for (int constant = 0; constant < ConstantsOf(function).Length; constant++)
                {
                    data.Add(function, constant);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public void A_changed_constant_changes_a_committed_bit(string function, int constant)
    {
        NumericFile file = VectorFiles.Numerics.Single(file => file.Function == function);
        (string[] inputs, string[] outputs) = VectorSuite.Split(file);
        string[] bulk = VectorSuite.Lines(file.Bulk!);
        float[] constants = ConstantsOf(function);
        float[] changed = [.. constants];
        changed[constant] *= Change;

        Assert.Equal(outputs, Results(inputs, constants));
        Assert.Equal(file.Bulk!.Hash, VectorSuite.HashOf(Results(bulk, constants)));
        Assert.False(
            outputs.SequenceEqual(Results(inputs, changed))
            && file.Bulk.Hash == VectorSuite.HashOf(Results(bulk, changed)));

        IEnumerable<string> Results(string[] lines, float[] with) => lines.Select(line => Line(function, line, with));
    }

    private static float[] ConstantsOf(string function) => function switch
    {
        "exp" => ExpConstants,
        "expm1" => ExpConstants[..^1],
        "exp2" => Exp2Constants,
        "log" => LogConstants,
        _ => NoiseConstants,
    };

    private static string Line(string function, string input, float[] c)
    {
        uint word = SpecText.ToWord(input);
        float x = BitConverter.UInt32BitsToSingle(word);
        float result = function switch
        {
            "exp" => Exp(x, c),
            "expm1" => Expm1(x, c),
            "exp2" => Exp2(x, c),
            "log" => Log(x, c),
            _ => NegLog1m(Uniform(word, c), c),
        };
        uint bits = float.IsNaN(result) ? 0x7fc00000 : BitConverter.SingleToUInt32Bits(result);
        return BitLine.Word(bits, isInteger: false);
    }

    private static float Exp(float x, float[] c)
    {
        float z = Fma(x, c[0], Magic);
        float r = Reduced(x, z, c);
        return x < c[8] ? 0f : Fma(r, Fma(r, Tail(r, c), 1f), 1f) * PowerOfTwo(z);
    }

    private static float Expm1(float x, float[] c)
    {
        x = MathF.Max(x, Exponential.Expm1Saturates);
        float z = Fma(x, c[0], Magic);
        float r = Reduced(x, z, c);
        float s = PowerOfTwo(z);
        return Fma(s, Fma(r * r, Tail(r, c), r), s - 1f);
    }

    private static float Exp2(float x, float[] c)
    {
        float z = x + Magic;
        float f = x - (z - Magic);
        float p = Fma(f, Fma(f, Fma(f, Fma(f, Fma(f, Fma(f, c[5], c[4]), c[3]), c[2]), c[1]), c[0]), 1f);
        return x < c[6] ? 0f : p * PowerOfTwo(z);
    }

    private static float Log(float x, float[] c)
    {
        if (x < 1.17549435e-38f)
        {
            return x > -1.17549435e-38f ? float.NegativeInfinity : float.NaN;
        }

        uint n = NegatedExponent(x);
        float y = 1f - BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) + n);
        return x > float.MaxValue ? x : -Finish(y, n, c);
    }

    private static float NegLog1m(float v, float[] c)
    {
        uint n = NegatedExponent(1f - v);
        float s = BitConverter.UInt32BitsToSingle(0x3f800000 + n);
        return Finish(Fma(v, s, 1f - s), n, c);
    }

    private static float Uniform(uint word, float[] c) => MathF.Min(Fma((int)(word >> 1), c[8], c[9]), c[10]);

    private static uint NegatedExponent(float t) => ~(BitConverter.SingleToUInt32Bits(t) - 0x3fc00000) & 0xff800000;

    private static float Finish(float y, uint n, float[] c)
    {
        float r = c[..7].Reverse().Append(0.5f).Aggregate((sum, coefficient) => Fma(y, sum, coefficient));
        return Fma((int)n, c[7], Fma(y * y, r, y));
    }

    private static float Reduced(float x, float z, float[] c) => Fma(z - Magic, -c[2], Fma(z - Magic, -c[1], x));

    private static float Tail(float r, float[] c) => Fma(r, Fma(r, Fma(r, Fma(r, c[7], c[6]), c[5]), c[4]), c[3]);

    private static float PowerOfTwo(float z) =>
        BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(z) << 23) + 0x3f800000);

    private static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
}

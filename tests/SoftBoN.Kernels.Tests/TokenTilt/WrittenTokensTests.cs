using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Tilted logits and probabilities of all tokens, in every format and in the logits' own place.</summary>
public sealed class WrittenTokensTests
{
    private const int Columns = 1300;
    private const int Rows = 5;

    [Fact]
    public void The_law_by_hand()
    {
        // p = (1/4, 3/4), exp(r) = (3, 1): tilted logits are (log 3, log 3), the tilt is (1/2, 1/2).
        float log3 = MathF.Log(3);
        TokenResult result = TokenResult.Of(
            Engines.Simd, new TokenCase(3, [0, log3, float.NegativeInfinity]) { Rewards = [log3, 0, 9] });

        Near.Absolute(Math.Log(3), result.TiltedLogits[0], 3e-7);
        Near.Absolute(Math.Log(3), result.TiltedLogits[1], 3e-7);
        Assert.Equal(float.NegativeInfinity, result.TiltedLogits[2]);
        Near.Absolute(0.5, result.Probabilities[0], 1e-7);
        Assert.Equal(0f, result.Probabilities[2]);
    }

    [Fact]
    public void A_softmax_of_tilted_logits_is_the_tilt()
    {
        TokenCase call = Call() with { TopK = [200] };
        TokenResult tilted = TokenResult.Of(Engines.Simd, call);
        TokenResult again = TokenResult.Of(Engines.Simd, new TokenCase(Columns, tilted.TiltedLogits));

        for (int row = 0; row < Rows; row++)
        {
            Near.Absolute(tilted.LogSumExp[row], again.LogSumExp[row], 1e-4);
            Near.Absolute(1, tilted.Probabilities.AsSpan(row * Columns, Columns).ToArray().Sum(p => (double)p), 1e-5);
        }

        for (int i = 0; i < Rows * Columns; i++)
        {
            Near.Absolute(tilted.Probabilities[i], again.Probabilities[i], 1e-6);
            Assert.Equal(tilted.Probabilities[i] == 0, again.Probabilities[i] == 0);
        }
    }

    [Fact]
    public void Rows_without_a_result_are_not_a_number_and_harm_nobody()
    {
        TokenCase call = Call();
        call.Logits[(2 * Columns) + 7] = float.NaN;
        TokenResult result = TokenResult.Of(Engines.Simd, call);

        Assert.All(result.Probabilities[(2 * Columns)..(3 * Columns)], p => Assert.True(float.IsNaN(p)));
        Assert.All(result.TiltedLogits[(2 * Columns)..(3 * Columns)], l => Assert.True(float.IsNaN(l)));
        Assert.DoesNotContain(result.Probabilities[(3 * Columns)..], float.IsNaN);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_place_of_the_logits(bool isReference)
    {
        SoftBonEngine engine = isReference ? Engines.Reference : Engines.Simd2;
        TokenCase call = Call();
        TokenResult expected = TokenResult.Of(engine, call);
        foreach (bool probabilities in new[] { false, true })
        {
            float[] memory = [.. call.Logits];
            int[] tokens = new int[Rows];
            float[] model = new float[Rows];
            TokenOutput place = TokenOutput.Of(memory, Rows, Columns);
            engine.TiltTokens(
                TokenMatrix.Of(memory, Rows, Columns),
                call.Options,
                new TokenTiltOutputs
                {
                    Token = tokens,
                    ModelLogProbability = model,
                    TiltedLogits = probabilities ? default : place,
                    Probabilities = probabilities ? place : default,
                });
            Bitwise.Same(probabilities ? expected.Probabilities : expected.TiltedLogits, memory, "in place");
            Assert.Equal(expected.Token, tokens);
            Bitwise.Same(expected.ModelLogProbability, model, "model");
        }
    }

    [Fact]
    public void Narrow_formats_with_gaps_between_rows_and_in_place()
    {
        TokenCase call = Call() with { Stored = Stored.Half };
        TokenResult expected = TokenResult.Of(Engines.Reference, call);
        Half[] halves = new Half[Rows * (Columns + 3)];
        halves.AsSpan().Fill((Half)7);
        Half[] source = Array.ConvertAll(call.Logits, l => (Half)l);
        for (int row = 0; row < Rows; row++)
        {
            source.AsSpan(row * Columns, Columns).CopyTo(halves.AsSpan(row * (Columns + 3)));
        }

        ushort[] narrow = new ushort[Rows * Columns];
        Engines.Simd2.TiltTokens(
            TokenMatrix.Of(halves, Rows, Columns, Columns + 3),
            call.Options,
            new TokenTiltOutputs
            {
                TiltedLogits = TokenOutput.Of(halves, Rows, Columns, Columns + 3),
                Probabilities = TokenOutput.OfBFloat16(narrow, Rows, Columns),
            });

        for (int i = 0; i < Rows * Columns; i++)
        {
            Assert.Equal(Saturated(expected.TiltedLogits[i]), halves[i + (3 * (i / Columns))]);
            Assert.Equal(Nearest(expected.Probabilities[i]), narrow[i]);
        }

        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal((Half)7, halves[Columns + i]));
    }

    [Fact]
    public void Memory_that_is_read_by_another_row_is_refused()
    {
        float[] memory = new float[(2 * Columns) + 1];
        Refused("overlaps the logits", () => Run(memory, [1, 0], memory, Columns));
        Refused("overlaps the logits", () => Run(memory, [], memory.AsSpan(1), Columns));
        Refused("2 rows of 1299 tokens", () => Run(memory, [], memory, Columns - 1));
        Run(memory, [], memory, Columns);
        Run(memory, [1, 0], new float[2 * Columns], Columns);

        static void Refused(string message, Action run) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(run).Message, StringComparison.Ordinal);

        static void Run(float[] logits, int[] rowMap, Span<float> destination, int columns) => Engines.Simd.TiltTokens(
            TokenMatrix.Of(logits, 2, Columns),
            new TokenTiltOptions { RowMap = rowMap },
            new TokenTiltOutputs { TiltedLogits = TokenOutput.Of(destination, 2, columns) });
    }

    [Fact]
    public void Rows_that_would_lie_over_each_other_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        TokenOutput.Of(new float[100], 3, 20, 19).Rows);

    [Fact]
    public void Narrow_floats_are_the_nearest()
    {
        var random = new Random(17);
        for (int i = 0; i < 200_000; i++)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32));
            value = MathF.Abs(value) < 1e-37f || float.IsNaN(value) ? i * 1e-9f : value;
            Assert.Equal(Saturated(value), BitConverter.UInt16BitsToHalf((ushort)NarrowFloats.ToHalf(value)));
            Assert.Equal(Nearest(value), (ushort)NarrowFloats.ToBFloat16(value));
        }

        for (uint half = 0; half < 0x7c00; half++)
        {
            // Every half, every middle of two, and the floats beside the middles.
            uint bits = BitConverter.SingleToUInt32Bits((float)BitConverter.UInt16BitsToHalf((ushort)half));
            float middle = 0.5f * ((float)BitConverter.UInt16BitsToHalf((ushort)half)
                + (half == 0x7bff ? 65536f : (float)BitConverter.UInt16BitsToHalf((ushort)(half + 1))));
            foreach (float value in (float[])
                [BitConverter.UInt32BitsToSingle(bits), middle, MathF.BitIncrement(middle), MathF.BitDecrement(middle)])
            {
                Assert.Equal(Saturated(-value), BitConverter.UInt16BitsToHalf((ushort)NarrowFloats.ToHalf(-value)));
            }
        }

        Assert.Equal(0x7e00u, NarrowFloats.ToHalf(float.NaN));
        Assert.Equal(0x7fc0u, NarrowFloats.ToBFloat16(float.NaN));
    }

    private static TokenCase Call()
    {
        var random = new RandomRewards(651);
        return new TokenCase(Columns, random.Row(Rows * Columns))
        {
            Rewards = random.Row(Rows * Columns, Mood.SomeExcluded),
            Lambdas = [0.4f],
            Temperatures = [0.8f],
        };
    }

    /// <summary>The runtime's rounding, but for finite values beyond the largest half.</summary>
    private static Half Saturated(float value) =>
        float.IsFinite(value) && Half.IsInfinity((Half)value) ? (value > 0 ? Half.MaxValue : Half.MinValue) : (Half)value;

    /// <summary>The nearer one of the bfloat16s around a float, in double precision.</summary>
    private static ushort Nearest(float value)
    {
        uint below = BitConverter.SingleToUInt32Bits(value) >> 16;
        if ((below & 0x7fff) >= 0x7f7f)
        {
            return (ushort)below;
        }

        double lower = Math.Abs((double)BitConverter.UInt32BitsToSingle(below << 16));
        double upper = Math.Abs((double)BitConverter.UInt32BitsToSingle((below + 1) << 16));
        double middle = (lower + upper) / 2;
        double magnitude = Math.Abs((double)value);
        return (ushort)(magnitude > middle || (magnitude == middle && (below & 1) == 1) ? below + 1 : below);
    }
}

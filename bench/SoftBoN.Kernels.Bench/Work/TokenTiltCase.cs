using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Bench.Peers;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>
/// A token of a vocabulary for each row: with noise per segment and per token, without and with rewards.
/// </summary>
internal sealed unsafe class TokenTiltCase : WorkCase
{
    private const float Lambda = 0.5f;
    private const double TwoStreams = 8;

    private readonly AlignedBuffer<float> logits;
    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<ushort> narrow;
    private readonly AlignedBuffer<ushort> halves;
    private readonly AlignedBuffer<float> keys;
    private readonly int[] tokens;
    private readonly float[] sums;
    private readonly float[] baseSums;
    private readonly UniformGenerator generator = new(42);
    private readonly SoftBonEngine engine = Engines.Simd(1);

    /// <param name="shape">The batch.</param>
    /// <param name="spread">
    /// The standard deviation of logits: 1 leaves nearly all tokens in the race, 4 has a few likely ones as models do.
    /// </param>
    public TokenTiltCase(Shape shape, float spread = 1)
        : base(shape)
    {
        logits = Rewards.Normal(shape);
        TensorPrimitives.Multiply(logits.Span, spread, logits.Span);
        rewards = Rewards.Normal(shape);
        narrow = new AlignedBuffer<ushort>(shape.Elements);
        halves = new AlignedBuffer<ushort>(shape.Elements);
        for (int i = 0; i < shape.Elements; i++)
        {
            narrow.Span[i] = (ushort)(BitConverter.SingleToUInt32Bits(logits.Span[i]) >> 16);
            halves.Span[i] = BitConverter.HalfToUInt16Bits((Half)logits.Span[i]);
        }

        keys = new AlignedBuffer<float>(shape.Columns + UniformGenerator.BlockSize);
        tokens = new int[shape.Rows];
        sums = new float[shape.Rows];
        baseSums = new float[shape.Rows];
        Contenders =
        [
            new("SoftBoN, noise per block", Role.Ours, PerBlock, shape, 4),
            new("TensorPrimitives, Gumbel and IndexOfMax", Role.Peer, Peer, shape, 4),
            new("SoftBoN, noise per token", Role.Beside, PerToken, shape, 4),
            new("SoftBoN, log-sum-exp alone", Role.Beside, LogSumExp, shape, 4),
            new("SoftBoN, bfloat16, noise per block", Role.Beside, Narrow, shape, 2),
            new("SoftBoN, bfloat16, noise per token", Role.Beside, NarrowPerToken, shape, 2),
            new("SoftBoN, half, noise per block", Role.Beside, HalfPerBlock, shape, 2),
            new("SoftBoN, dense rewards, noise per block", Role.Beside, Tilted, shape, TwoStreams),
            new("SoftBoN, dense rewards, noise per token", Role.Beside, TiltedPerToken, shape, TwoStreams),
            new("SoftBoN, both log-sum-exps of dense rewards", Role.Beside, BothLogSumExps, shape, TwoStreams),
            new(Contender.Read, Role.Beside, Read, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void PerBlock() => Run(Float32, new() { Seed = 42ul }, new() { Token = tokens });

    public void PerToken() =>
        Run(Float32, new() { Seed = 42ul, Noise = TokenNoise.PerToken }, new() { Token = tokens });

    public void LogSumExp() => Run(Float32, new(), new() { LogSumExp = sums });

    public void Narrow() => Run(BFloat16, new() { Seed = 42ul }, new() { Token = tokens });

    public void NarrowPerToken() =>
        Run(BFloat16, new() { Seed = 42ul, Noise = TokenNoise.PerToken }, new() { Token = tokens });

    public void HalfPerBlock() => Run(
        TokenMatrix.Of(MemoryMarshal.Cast<ushort, Half>(halves.Span), Shape.Rows, Shape.Columns),
        new() { Seed = 42ul },
        new() { Token = tokens });

    public void Tilted() => RunTilted(TokenNoise.PerBlock);

    public void TiltedPerToken() => RunTilted(TokenNoise.PerToken);

    public void BothLogSumExps() => Run(
        Float32,
        new() { Rewards = Matrix(rewards), Lambda = Lambda },
        new() { LogSumExp = sums, BaseLogSumExp = baseSums });

    /// <summary>What one would write with the runtime's own vector functions, and a fast generator.</summary>
    public void Peer()
    {
        Span<float> key = keys.Span[..Shape.Columns];
        for (int row = 0; row < Shape.Rows; row++)
        {
            generator.Fill(keys.Pointer, Shape.Columns);
            TensorPrimitives.Log(key, key);
            TensorPrimitives.Negate(key, key);
            TensorPrimitives.Log(key, key);
            TensorPrimitives.Subtract(RowOf(logits, row), key, key);
            tokens[row] = TensorPrimitives.IndexOfMax<float>(key);
        }
    }

    public void Read() => Sum = Memory.Read(logits.Pointer, Shape.Elements);

    public override void Check()
    {
        BothLogSumExps();
        for (int row = 0; row < Shape.Rows; row++)
        {
            double sum = 0;
            double tilted = 0;
            for (int i = 0; i < Shape.Columns; i++)
            {
                sum += Math.Exp(RowOf(logits, row)[i]);
                tilted += Math.Exp(RowOf(logits, row)[i] + (RowOf(rewards, row)[i] / (double)Lambda));
            }

            Expect.Near(baseSums[row], Math.Log(sum), 1e-6, $"the base log-sum-exp of row {row}");
            Expect.Near(sums[row], Math.Log(tilted), 1e-6, $"the log-sum-exp of row {row}");
        }

        // The logits that are drawn have the mean of the law, within six standard errors of the mean of all rows.
        (double expected, double error) = MeanLogit();
        foreach (Action draw in new Action[] { PerBlock, PerToken, Narrow, NarrowPerToken, HalfPerBlock, Peer })
        {
            draw();
            double mean = tokens.Select((token, row) => (double)RowOf(logits, row)[token]).Average();
            Expect.True(
                Math.Abs(mean - expected) < 6 * error,
                $"{draw.Method.Name} draws logits with the mean {mean:F2}, not {expected:F2}");
        }
    }

    /// <summary>The mean of a drawn logit over all rows, and the standard error of one draw per row.</summary>
    private (double Mean, double Error) MeanLogit()
    {
        double mean = 0;
        double variance = 0;
        for (int row = 0; row < Shape.Rows; row++)
        {
            double sum = 0;
            double first = 0;
            double second = 0;
            foreach (float logit in RowOf(logits, row))
            {
                double weight = Math.Exp(logit);
                sum += weight;
                first += weight * logit;
                second += weight * logit * logit;
            }

            mean += first / sum / Shape.Rows;
            variance += ((second / sum) - (first / sum * (first / sum))) / Shape.Rows;
        }

        return (mean, Math.Sqrt(variance / Shape.Rows));
    }

    public override void Dispose()
    {
        logits.Dispose();
        rewards.Dispose();
        narrow.Dispose();
        halves.Dispose();
        keys.Dispose();
        engine.Dispose();
    }

    private TokenMatrix Float32 => Matrix(logits);

    private TokenMatrix BFloat16 => TokenMatrix.OfBFloat16(narrow.Span, Shape.Rows, Shape.Columns);

    private void RunTilted(TokenNoise noise) => Run(
        Float32,
        new() { Seed = 42ul, Noise = noise, Rewards = Matrix(rewards), Lambda = Lambda },
        new() { Token = tokens });

    private TokenMatrix Matrix(AlignedBuffer<float> values) => TokenMatrix.Of(values.Span, Shape.Rows, Shape.Columns);

    private Span<float> RowOf(AlignedBuffer<float> values, int row) =>
        values.Span.Slice(row * Shape.Columns, Shape.Columns);

    private void Run(TokenMatrix values, TokenTiltOptions options, TokenTiltOutputs outputs) =>
        engine.TiltTokens(values, options, outputs);
}

using System.Numerics.Tensors;
using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

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
    private readonly AlignedBuffer<float> keys;
    private readonly int[] tokens;
    private readonly float[] sums;
    private readonly float[] baseSums;
    private readonly UniformGenerator generator = new(42);
    private readonly SoftBonEngine engine = Engines.Simd(1);

    public TokenTiltCase(Shape shape)
        : base(shape)
    {
        logits = Rewards.Normal(shape);
        rewards = Rewards.Normal(shape);
        narrow = new AlignedBuffer<ushort>(shape.Elements);
        for (int i = 0; i < shape.Elements; i++)
        {
            narrow.Span[i] = (ushort)(BitConverter.SingleToUInt32Bits(logits.Span[i]) >> 16);
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
            new("SoftBoN, dense rewards, noise per block", Role.Beside, Tilted, shape, TwoStreams),
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

    public void Narrow() => Run(
        TokenMatrix.OfBFloat16(narrow.Span, Shape.Rows, Shape.Columns),
        new() { Seed = 42ul },
        new() { Token = tokens });

    public void Tilted() =>
        Run(Float32, new() { Seed = 42ul, Rewards = Matrix(rewards), Lambda = Lambda }, new() { Token = tokens });

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

        // Draws from a wide law are far above its mean: exp(logit) has the mean 1, a drawn logit itself the mean 1.
        foreach (Action draw in new Action[] { PerBlock, PerToken, Narrow, Peer })
        {
            draw();
            double mean = tokens.Select((token, row) => (double)RowOf(logits, row)[token]).Average();
            Expect.True(
                Math.Abs(mean - 1) < 6 / Math.Sqrt(Shape.Rows),
                $"{draw.Method.Name} draws logits with the mean {mean:F2}");
        }
    }

    public override void Dispose()
    {
        logits.Dispose();
        rewards.Dispose();
        narrow.Dispose();
        keys.Dispose();
        engine.Dispose();
    }

    private TokenMatrix Float32 => Matrix(logits);

    private TokenMatrix Matrix(AlignedBuffer<float> values) => TokenMatrix.Of(values.Span, Shape.Rows, Shape.Columns);

    private Span<float> RowOf(AlignedBuffer<float> values, int row) =>
        values.Span.Slice(row * Shape.Columns, Shape.Columns);

    private void Run(TokenMatrix values, TokenTiltOptions options, TokenTiltOutputs outputs) =>
        engine.TiltTokens(values, options, outputs);
}

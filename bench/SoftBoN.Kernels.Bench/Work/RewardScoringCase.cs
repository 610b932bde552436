using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>One reward head, or eight, on rows of hidden values of each format.</summary>
internal sealed unsafe class RewardScoringCase : WorkCase
{
    private const int Heads = 8;

    private readonly AlignedBuffer<float> hidden;
    private readonly AlignedBuffer<ushort> bfloats;
    private readonly AlignedBuffer<ushort> halves;
    private readonly AlignedBuffer<float> weights;
    private readonly float[] scores;
    private readonly SoftBonEngine one = Engines.Simd(1);
    private readonly SoftBonEngine two = Engines.Simd(2);

    public RewardScoringCase(Shape shape)
        : base(shape)
    {
        hidden = Rewards.Normal(shape);
        weights = Rewards.Normal(new Shape(Heads, shape.Columns));
        bfloats = new AlignedBuffer<ushort>(shape.Elements);
        halves = new AlignedBuffer<ushort>(shape.Elements);
        for (int i = 0; i < shape.Elements; i++)
        {
            bfloats.Span[i] = (ushort)(BitConverter.SingleToUInt32Bits(hidden.Span[i]) >> 16);
            halves.Span[i] = BitConverter.HalfToUInt16Bits((Half)hidden.Span[i]);
        }

        scores = new float[shape.Rows * Heads];
        Contenders =
        [
            new("SoftBoN, 1 thread", Role.Ours, OneThread, shape, 4),
            new("TensorPrimitives.Dot per row", Role.Peer, Peer, shape, 4),
            new("SoftBoN, 2 threads", Role.Beside, TwoThreads, shape, 4),
            new("SoftBoN, bfloat16, 1 thread", Role.Beside, BFloat16, shape, 2),
            new("SoftBoN, bfloat16, 2 threads", Role.Beside, BFloat16OnTwo, shape, 2),
            new("SoftBoN, half, 1 thread", Role.Beside, HalfPrecision, shape, 2),
            new("SoftBoN, 8 heads, 1 thread", Role.Beside, EightHeads, shape, 4),
            new(Contender.Read, Role.Beside, Read, shape, 4),
            new("read alone, all threads", Role.Beside, ReadOnAll, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    private TokenMatrix Float32 => TokenMatrix.Of(hidden.Span, Shape.Rows, Shape.Columns);

    private TokenMatrix Narrow => TokenMatrix.OfBFloat16(bfloats.Span, Shape.Rows, Shape.Columns);

    public void OneThread() => Run(one, Float32, 1);

    public void TwoThreads() => Run(two, Float32, 1);

    public void BFloat16() => Run(one, Narrow, 1);

    public void BFloat16OnTwo() => Run(two, Narrow, 1);

    public void HalfPrecision() => Run(
        one, TokenMatrix.Of(MemoryMarshal.Cast<ushort, Half>(halves.Span), Shape.Rows, Shape.Columns), 1);

    public void EightHeads() => Run(one, Float32, Heads);

    /// <summary>What one would write with the runtime's own vector functions.</summary>
    public void Peer()
    {
        ReadOnlySpan<float> head = weights.Span[..Shape.Columns];
        for (int row = 0; row < Shape.Rows; row++)
        {
            scores[row] = TensorPrimitives.Dot(RowOf(row), head);
        }
    }

    public void Read() => Sum = Memory.Read(hidden.Pointer, Shape.Elements);

    public void ReadOnAll() => Sum = Memory.ReadOnAll(hidden.Pointer, Shape.Elements);

    public override void Check()
    {
        Check(OneThread, 1e-6);
        Check(TwoThreads, 1e-6);
        Check(Peer, 1e-6);
        Check(BFloat16, 1.0 / 128);
        Check(BFloat16OnTwo, 1.0 / 128);
        Check(HalfPrecision, 1.0 / 2048);
    }

    public override void Dispose()
    {
        hidden.Dispose();
        bfloats.Dispose();
        halves.Dispose();
        weights.Dispose();
        one.Dispose();
        two.Dispose();
    }

    private void Check(Action run, double tolerance)
    {
        run();
        for (int row = 0; row < Shape.Rows; row += 97)
        {
            double score = 0;
            double magnitude = 0;
            for (int i = 0; i < Shape.Columns; i++)
            {
                double term = RowOf(row)[i] * (double)weights.Span[i];
                score += term;
                magnitude += Math.Abs(term);
            }

            Expect.True(
                Math.Abs(scores[row] - score) <= tolerance * magnitude,
                $"{run.Method.Name} scores row {row} as {scores[row]:R}, near {score:R}");
        }
    }

    private ReadOnlySpan<float> RowOf(int row) => hidden.Span.Slice(row * Shape.Columns, Shape.Columns);

    private void Run(SoftBonEngine engine, TokenMatrix values, int heads) => engine.ScoreRewards(
        values,
        new RewardHead { Weights = TokenMatrix.Of(weights.Span, heads, Shape.Columns) },
        default,
        new RewardScoringOutputs { Scores = scores });
}

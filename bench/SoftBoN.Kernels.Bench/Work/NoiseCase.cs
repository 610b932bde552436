using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>
/// Random words alone, and made into Gumbel noise, row by row in one small buffer: the price of noise that is a
/// function of seed, position and element, beside the cheapest generator there is.
/// </summary>
internal sealed unsafe class NoiseCase : WorkCase
{
    private const ulong Seed = 42;

    private readonly AlignedBuffer<uint> words;
    private readonly AlignedBuffer<float> noise;
    private readonly UniformGenerator generator = new(42);
    private readonly int padded;
    private PhiloxSchedule schedule;

    public NoiseCase(Shape shape)
        : base(shape)
    {
        padded = VectorRow.RoundUp(shape.Columns);
        words = new AlignedBuffer<uint>(padded + UniformGenerator.BlockSize);
        noise = new AlignedBuffer<float>(padded + UniformGenerator.BlockSize);
        Contenders =
        [
            new("Philox4x32-10", Role.Ours, Words, shape, 4),
            new("Philox4x32-10, portable", Role.Beside, PortableWords, shape, 4),
            new("xoshiro128+", Role.Beside, PeerUniforms, shape, 4),
            new("Philox4x32-10, Gumbel", Role.Beside, Gumbel, shape, 4),
            new("Philox4x32-10, portable, Gumbel", Role.Beside, PortableGumbel, shape, 4),
            new("xoshiro128+, Log, Negate, Log, Negate", Role.Beside, PeerGumbel, shape, 4),
        ];
    }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Words() => ForEachRow(portable: false, gumbel: false);

    public void PortableWords() => ForEachRow(portable: true, gumbel: false);

    public void Gumbel() => ForEachRow(portable: false, gumbel: true);

    public void PortableGumbel() => ForEachRow(portable: true, gumbel: true);

    public void PeerUniforms()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            generator.Fill(noise.Pointer, Shape.Columns);
        }
    }

    public void PeerGumbel()
    {
        Span<float> g = noise.Span[..Shape.Columns];
        for (int row = 0; row < Shape.Rows; row++)
        {
            generator.Fill(noise.Pointer, Shape.Columns);
            TensorPrimitives.Log(g, g);
            TensorPrimitives.Negate(g, g);
            TensorPrimitives.Log(g, g);
            TensorPrimitives.Negate(g, g);
        }
    }

    public override void Check()
    {
        NoiseKey key = NoiseKey.ForCandidate(Seed, (ulong)(Shape.Rows - 1), 0);
        foreach (bool portable in new[] { false, true })
        {
            words.Span.Clear();
            ForEachRow(portable, gumbel: true);
            for (int i = 0; i < Shape.Columns; i++)
            {
                Expect.True(words.Span[i] == Philox4x32.Word(in key, (uint)i), $"word {i} is the generator's");
                double exact = SelectionCheck.Gumbel(words.Span[i]);
                Expect.Near(noise.Span[i], exact, 1e-6, $"the Gumbel variable of word {i}");
            }
        }

        CheckPeer();
    }

    public override void Dispose()
    {
        words.Dispose();
        noise.Dispose();
    }

    /// <summary>Six standard errors around Euler's constant, the mean of a standard Gumbel variable.</summary>
    private void CheckPeer()
    {
        PeerGumbel();
        double mean = 0.0;
        foreach (float g in noise.Span[..Shape.Columns])
        {
            mean += g / Shape.Columns;
        }

        double z = (mean - 0.5772156649) / (Math.PI / Math.Sqrt(6.0 * Shape.Columns));
        Expect.True(Math.Abs(z) < 6.0, $"the peer's noise has a mean {z:F1} standard errors from Euler's constant");
    }

    private void ForEachRow(bool portable, bool gumbel)
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            NoiseKey key = NoiseKey.ForCandidate(Seed, (ulong)row, 0);
            schedule.Set(in key);
            if (portable)
            {
                FillPortable();
            }
            else
            {
                Fill();
            }

            if (gumbel)
            {
                AddGumbel();
            }
        }
    }

    /// <summary>A method of its own like the next ones, as in the engine: all in one are too much to inline.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill() => Philox4x32.Fill(words.Pointer, in schedule, 0, Shape.Columns);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillPortable() => Philox4x32.FillPortable(words.Pointer, in schedule, 0, Shape.Columns);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddGumbel() => Noise.Gumbel(words.Pointer, noise.Pointer, padded);
}

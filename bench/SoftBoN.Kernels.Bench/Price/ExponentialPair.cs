using System.Numerics;
using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>2^x by our polynomial, which is the same everywhere, and by the runtime's.</summary>
internal sealed unsafe class ExponentialPair : PairCase
{
    private readonly AlignedBuffer<float> values;
    private readonly AlignedBuffer<float> results;

    public ExponentialPair(Shape shape)
        : base(shape, 2 * sizeof(float))
    {
        values = Own(Rewards.Normal(shape));
        results = Own(new AlignedBuffer<float>(shape.Elements));
        Add("2^x, ours", Ours);
        Add("TensorPrimitives.Exp2", () => TensorPrimitives.Exp2<float>(values.Span, results.Span));
    }

    public override void Check()
    {
        foreach (Contender contender in Contenders)
        {
            results.Span.Fill(float.NaN);
            contender.Run();
            for (int i = 0; i < Shape.Elements; i++)
            {
                double exact = Math.Pow(2, values.Span[i]);
                Expect.Near(results.Span[i] / exact, 1, 1e-6, $"{contender.Name}: 2^{values.Span[i]} over the exact one");
            }
        }
    }

    private void Ours()
    {
        int width = Vector<float>.Count;
        for (long i = 0; i < Shape.Elements; i += 4 * width)
        {
            float* from = values.Pointer + i;
            float* to = results.Pointer + i;
            Vector<float> e0 = Vector.Load(from);
            Vector<float> e1 = Vector.Load(from + width);
            Vector<float> e2 = Vector.Load(from + (2 * width));
            Vector<float> e3 = Vector.Load(from + (3 * width));
            Exponential.Exp2(ref e0, ref e1, ref e2, ref e3);
            e0.Store(to);
            e1.Store(to + width);
            e2.Store(to + (2 * width));
            e3.Store(to + (3 * width));
        }
    }
}

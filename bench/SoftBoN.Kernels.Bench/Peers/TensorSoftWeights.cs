using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Bench.Peers;

/// <summary>Soft weights from library calls, stable under any rewards; work stays where the weights will be.</summary>
internal static class TensorSoftWeights
{
    /// <summary>Candidates whose weights stay in the first-level cache between two calls.</summary>
    public const int BlockSize = 4096;

    /// <summary>Max, Subtract, Multiply, Exp, Sum, Multiply for each row.</summary>
    public static void ByRow(ReadOnlySpan<float> rewards, Shape shape, float lambda, Span<float> weights)
    {
        float inverse = 1f / lambda;
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> r = rewards.Slice(row * shape.Columns, shape.Columns);
            Span<float> w = weights.Slice(row * shape.Columns, shape.Columns);
            TensorPrimitives.Subtract(r, TensorPrimitives.Max(r), w);
            TensorPrimitives.Multiply(w, inverse, w);
            TensorPrimitives.Exp(w, w);
            TensorPrimitives.Multiply(w, 1f / TensorPrimitives.Sum<float>(w), w);
        }
    }

    /// <summary>The same, with the calls that need not know where rows end made for many short rows at once.</summary>
    public static void ByBlock(ReadOnlySpan<float> rewards, Shape shape, float lambda, Span<float> weights)
    {
        float inverse = 1f / lambda;
        int n = shape.Columns;
        int step = Math.Max(1, BlockSize / n) * n;
        for (int start = 0; start < rewards.Length; start += step)
        {
            int length = Math.Min(step, rewards.Length - start);
            ReadOnlySpan<float> r = rewards.Slice(start, length);
            Span<float> w = weights.Slice(start, length);
            for (int i = 0; i < length; i += n)
            {
                TensorPrimitives.Subtract(r.Slice(i, n), TensorPrimitives.Max(r.Slice(i, n)), w.Slice(i, n));
            }

            TensorPrimitives.Multiply(w, inverse, w);
            TensorPrimitives.Exp(w, w);
            for (int i = 0; i < length; i += n)
            {
                Span<float> one = w.Slice(i, n);
                TensorPrimitives.Multiply(one, 1f / TensorPrimitives.Sum<float>(one), one);
            }
        }
    }
}

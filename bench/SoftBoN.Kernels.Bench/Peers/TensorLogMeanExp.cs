using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Bench.Peers;

/// <summary>lambda log mean exp(reward / lambda) from library calls; the logarithms of all rows are one call.</summary>
internal sealed class TensorLogMeanExp(Shape shape) : IDisposable
{
    private readonly AlignedBuffer<float> scratch =
        new(Math.Max(shape.Columns, TensorSoftWeights.BlockSize));

    private readonly AlignedBuffer<float> maxima = new(shape.Rows);

    /// <summary>Max, Subtract, Multiply, Exp, Sum for each row, then Log and a multiply-add for all.</summary>
    public void ByRow(ReadOnlySpan<float> rewards, float lambda, Span<float> results)
    {
        Span<float> w = scratch.Span[..shape.Columns];
        Span<float> tops = maxima.Span;
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> r = rewards.Slice(row * shape.Columns, shape.Columns);
            float max = TensorPrimitives.Max(r);
            TensorPrimitives.Subtract(r, max, w);
            TensorPrimitives.Multiply(w, 1f / lambda, w);
            TensorPrimitives.Exp(w, w);
            results[row] = TensorPrimitives.Sum<float>(w);
            tops[row] = max;
        }

        Finish(lambda, results);
    }

    /// <summary>The same, with Multiply and Exp called for many short rows at once.</summary>
    public void ByBlock(ReadOnlySpan<float> rewards, float lambda, Span<float> results)
    {
        int n = shape.Columns;
        Span<float> tops = maxima.Span;
        int rowsPerBlock = Math.Max(1, TensorSoftWeights.BlockSize / n);
        for (int first = 0; first < shape.Rows; first += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, shape.Rows - first);
            Span<float> w = scratch.Span[..(rows * n)];
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> r = rewards.Slice((first + row) * n, n);
                float max = TensorPrimitives.Max(r);
                TensorPrimitives.Subtract(r, max, w.Slice(row * n, n));
                tops[first + row] = max;
            }

            TensorPrimitives.Multiply(w, 1f / lambda, w);
            TensorPrimitives.Exp(w, w);
            for (int row = 0; row < rows; row++)
            {
                results[first + row] = TensorPrimitives.Sum<float>(w.Slice(row * n, n));
            }
        }

        Finish(lambda, results);
    }

    public void Dispose()
    {
        scratch.Dispose();
        maxima.Dispose();
    }

    private void Finish(float lambda, Span<float> results)
    {
        TensorPrimitives.Multiply(results, 1f / shape.Columns, results);
        TensorPrimitives.Log(results, results);
        TensorPrimitives.MultiplyAddEstimate(results, lambda, maxima.Span, results);
    }
}

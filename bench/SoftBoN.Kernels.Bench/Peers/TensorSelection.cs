using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Bench.Peers;

/// <summary>
/// Gumbel-max from library calls. The argmax of reward / lambda + noise is that of reward + lambda noise, and the noise
/// is -log(-log u), so scaling and adding are one multiply-add and the outer sign costs nothing.
/// </summary>
internal sealed unsafe class TensorSelection(Shape shape) : IDisposable
{
    private readonly UniformGenerator generator = new(42);

    private readonly AlignedBuffer<float> keys =
        new(Math.Max(shape.Columns, TensorSoftWeights.BlockSize) + UniformGenerator.BlockSize);

    private readonly AlignedBuffer<float> scratch = new(shape.Columns);

    /// <summary>Uniforms, Log, Negate, Log, MultiplyAdd, IndexOfMax for each row.</summary>
    public void ByRow(ReadOnlySpan<float> rewards, float lambda, Span<int> index)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> r = rewards.Slice(row * shape.Columns, shape.Columns);
            index[row] = TensorPrimitives.IndexOfMax(MakeKeys(r, lambda));
        }
    }

    /// <summary>The same, with all but IndexOfMax called for many short rows at once.</summary>
    public void ByBlock(ReadOnlySpan<float> rewards, float lambda, Span<int> index)
    {
        int n = shape.Columns;
        int rowsPerBlock = Math.Max(1, TensorSoftWeights.BlockSize / n);
        for (int first = 0; first < shape.Rows; first += rowsPerBlock)
        {
            int rows = Math.Min(rowsPerBlock, shape.Rows - first);
            Span<float> block = MakeKeys(rewards.Slice(first * n, rows * n), lambda);
            for (int row = 0; row < rows; row++)
            {
                index[first + row] = TensorPrimitives.IndexOfMax(block.Slice(row * n, n));
            }
        }
    }

    /// <summary>As <see cref="ByRow"/>, with the reward, log-probability and margin of each pick.</summary>
    public void AllOutputs(
        ReadOnlySpan<float> rewards,
        float lambda,
        Span<int> index,
        Span<float> reward,
        Span<float> logProbability,
        Span<float> margin)
    {
        float inverse = 1f / lambda;
        Span<float> w = scratch.Span;
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<float> r = rewards.Slice(row * shape.Columns, shape.Columns);
            Span<float> rowKeys = MakeKeys(r, lambda);
            int best = TensorPrimitives.IndexOfMax(rowKeys);
            float key = rowKeys[best];
            rowKeys[best] = float.NegativeInfinity;
            index[row] = best;
            reward[row] = r[best];
            margin[row] = (key - TensorPrimitives.Max<float>(rowKeys)) * inverse;
            float max = TensorPrimitives.Max(r);
            TensorPrimitives.Subtract(r, max, w);
            TensorPrimitives.Multiply(w, inverse, w);
            TensorPrimitives.Exp(w, w);
            logProbability[row] = ((r[best] - max) * inverse) - MathF.Log(TensorPrimitives.Sum<float>(w));
        }
    }

    public void Dispose()
    {
        keys.Dispose();
        scratch.Dispose();
    }

    private Span<float> MakeKeys(ReadOnlySpan<float> rewards, float lambda)
    {
        generator.Fill(keys.Pointer, rewards.Length);
        Span<float> k = keys.Span[..rewards.Length];
        TensorPrimitives.Log(k, k);
        TensorPrimitives.Negate(k, k);
        TensorPrimitives.Log(k, k);
        TensorPrimitives.MultiplyAddEstimate(k, -lambda, rewards, k);
        return k;
    }
}

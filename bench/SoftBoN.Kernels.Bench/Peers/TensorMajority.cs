using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Bench.Peers;

/// <summary>
/// Weighted majority from library calls and one loop: soft weights of a row, a table of sums indexed by the answer's
/// number, IndexOfMax. Knows that answers are few and numbered from 0, which the engine does not assume.
/// </summary>
internal sealed class TensorMajority(Shape shape, int answers) : IDisposable
{
    private readonly AlignedBuffer<float> weights = new(shape.Columns);
    private readonly AlignedBuffer<float> sums = new(answers);

    public void ByRow(
        ReadOnlySpan<float> rewards, ReadOnlySpan<int> voted, float lambda, Span<int> answer, Span<float> share)
    {
        var oneRow = new Shape(1, shape.Columns);
        Span<float> w = weights.Span;
        Span<float> s = sums.Span;
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<int> v = voted.Slice(row * shape.Columns, shape.Columns);
            TensorSoftWeights.ByRow(rewards.Slice(row * shape.Columns, shape.Columns), oneRow, lambda, w);
            s.Clear();
            for (int i = 0; i < v.Length; i++)
            {
                s[v[i]] += w[i];
            }

            answer[row] = TensorPrimitives.IndexOfMax<float>(s);
            share[row] = s[answer[row]];
        }
    }

    public void Dispose()
    {
        weights.Dispose();
        sums.Dispose();
    }
}

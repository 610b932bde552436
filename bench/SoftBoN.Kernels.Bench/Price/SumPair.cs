using System.Numerics.Tensors;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>Sums of rows in the canonical order, and in whatever order is fastest.</summary>
internal sealed unsafe class SumPair : PairCase
{
    private readonly AlignedBuffer<float> values;
    private readonly float[] sums;

    public SumPair(Shape shape)
        : base(shape, sizeof(float))
    {
        values = Own(Rewards.Normal(shape));
        sums = new float[shape.Rows];
        Add("canonical sum", Canonical);
        Add("eight chains of vectors", Free);
        Add("TensorPrimitives.Sum", Library);
    }

    public override void Check()
    {
        foreach (Contender contender in Contenders)
        {
            Array.Fill(sums, float.NaN);
            contender.Run();
            for (int row = 0; row < Shape.Rows; row++)
            {
                double exact = 0;
                foreach (float value in values.Span.Slice(row * Shape.Columns, Shape.Columns))
                {
                    exact += value;
                }

                // Terms have a magnitude of 1, so that errors are of the number of terms and not of the sum.
                Expect.Near(sums[row], exact, 1e-7 * Shape.Columns, $"{contender.Name}: the sum of row {row}");
            }
        }
    }

    private void Canonical()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            sums[row] = VectorSums.SegmentSum(values.Pointer + (row * Shape.Columns), Shape.Columns);
        }
    }

    private void Free()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            sums[row] = Memory.Read(values.Pointer + (row * Shape.Columns), Shape.Columns);
        }
    }

    private void Library()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            sums[row] = TensorPrimitives.Sum<float>(values.Span.Slice(row * Shape.Columns, Shape.Columns));
        }
    }
}

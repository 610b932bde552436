using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Peers;

/// <summary>Soft weights, written out.</summary>
internal sealed unsafe class WeightsPeers : PeerCase
{
    private const float Lambda = Job.UsualLambda;

    private readonly SoftWeightsJob job;

    public WeightsPeers(Shape shape, int threads)
        : base(shape, threads)
    {
        job = Own(new SoftWeightsJob(shape));
        double bytes = job.BytesPerElement;
        Add("SoftBoN", Role.Ours, () => job.Run(Engine, shape.Rows), bytes, Check);
        Add("TensorPrimitives by row", Role.Peer, () => ByTensors(TensorSoftWeights.ByRow), bytes, Check);
        Add("TensorPrimitives by block", Role.Peer, () => ByTensors(TensorSoftWeights.ByBlock), bytes, Check);
        AddTorch(
            "softmax",
            [TensorOf(job.Rewards.Span)],
            one => one[0].mul(1f / Lambda).softmax(1),
            bytes,
            (weights, name) => Check(weights.data<float>().ToArray(), name));
    }

    private delegate void Weigh(ReadOnlySpan<float> rewards, Shape shape, float lambda, Span<float> weights);

    private void ByTensors(Weigh weigh) => InParts((_, first, end) =>
    {
        int length = (end - first) * Shape.Columns;
        weigh(
            new ReadOnlySpan<float>(job.Rewards.Pointer + (first * Shape.Columns), length),
            Shape with { Rows = end - first },
            Lambda,
            new Span<float>(job.Weights.Pointer + (first * Shape.Columns), length));
    });

    private void Check(string name)
    {
        Check(job.Weights.Span, name);
        job.Weights.Span.Fill(-1f);
    }

    private void Check(ReadOnlySpan<float> weights, string name)
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            ExactRow exact = Exact(job.Rewards, row, Lambda);
            for (int i = 0; i < Shape.Columns; i++)
            {
                double ratio = weights[(row * Shape.Columns) + i] / exact[i];
                Expect.Near(ratio, 1.0, 1e-5, $"{name}: weight [{row}, {i}] over the exact one");
            }
        }
    }
}

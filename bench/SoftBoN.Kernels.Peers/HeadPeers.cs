using System.Numerics.Tensors;
using TorchSharp;

namespace SoftBoN.Kernels.Peers;

/// <summary>A reward head on hidden states, one score for each row.</summary>
internal sealed unsafe class HeadPeers : PeerCase
{
    private readonly AlignedBuffer<float> hidden;
    private readonly AlignedBuffer<float> weights;
    private readonly RewardHeadJob job;
    private readonly float[] scores;

    public HeadPeers(Shape shape, int threads)
        : base(shape, threads)
    {
        job = Own(new RewardHeadJob(shape));
        hidden = Own(Rewards.Normal(shape));
        weights = Own(Rewards.Normal(new Shape(1, shape.Columns)));
        scores = new float[shape.Rows];
        torch.Tensor head = Own(torch.tensor(weights.Span.ToArray()));
        Add(
            "SoftBoN",
            Role.Ours,
            () => job.Run(Engine, shape.Rows),
            sizeof(float),
            name => Check(job.Scores, name));
        Add("TensorPrimitives.Dot per row", Role.Peer, ByTensors, sizeof(float), name => Check(scores, name));
        AddTorch(
            "mv",
            [TensorOf(hidden.Span), head],
            one => one[0].mv(one[1]),
            sizeof(float),
            (result, name) => Check(result.data<float>().ToArray(), name));
    }

    private void ByTensors() => InParts((_, first, end) =>
    {
        for (int row = first; row < end; row++)
        {
            scores[row] = TensorPrimitives.Dot(Row(row), weights.Span);
        }
    });

    private ReadOnlySpan<float> Row(int row) => hidden.Span.Slice(row * Shape.Columns, Shape.Columns);

    private void Check(ReadOnlySpan<float> found, string name)
    {
        for (int row = 0; row < Shape.Rows; row += 7)
        {
            double score = 0;
            double magnitude = 0;
            for (int i = 0; i < Shape.Columns; i++)
            {
                double term = Row(row)[i] * (double)weights.Span[i];
                score += term;
                magnitude += Math.Abs(term);
            }

            Expect.True(
                Math.Abs(found[row] - score) <= 1e-6 * magnitude, $"{name}: row {row} scores {found[row]:R}, near {score:R}");
        }
    }
}

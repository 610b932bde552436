using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;
using static TorchSharp.torch;

namespace SoftBoN.Kernels.Peers;

/// <summary>Weighted majority among a few answers: the answer and its share.</summary>
internal sealed unsafe class MajorityPeers : PeerCase
{
    private const float Lambda = Job.UsualLambda;
    private const int AnswerCount = MajorityJob.AnswerCount;

    private readonly MajorityJob job;
    private readonly TensorMajority[] tensors;

    public MajorityPeers(Shape shape, int threads)
        : base(shape, threads)
    {
        job = Own(new MajorityJob(shape));
        tensors = ForParts(part => new TensorMajority(part, AnswerCount));
        double bytes = job.BytesPerElement;
        long[] votes = [.. job.Voted.Span.ToArray().Select(vote => (long)vote)];
        Tensor voted = Own(tensor(votes, [shape.Rows, shape.Columns]));
        Tensor none = Own(zeros(shape.Rows, AnswerCount));
        Add("SoftBoN", Role.Ours, () => job.Run(Engine, shape.Rows), bytes, Check);
        Add("TensorPrimitives and a table", Role.Peer, ByTensors, bytes, Check);
        AddTorch(
            "softmax, scatter_add, max",
            [TensorOf(job.Rewards.Span), voted, none],
            one => one[2].scatter_add(1, one[1], one[0].mul(1f / Lambda).softmax(1)).max(1).values,
            bytes,
            (shares, name) => CheckShares(shares.data<float>().ToArray(), name));
    }

    private void ByTensors() => InParts((part, first, end) =>
    {
        int start = first * Shape.Columns;
        int rows = end - first;
        tensors[part].ByRow(
            new(job.Rewards.Pointer + start, rows * Shape.Columns),
            new(job.Voted.Pointer + start, rows * Shape.Columns),
            Lambda,
            new(job.Answer.Pointer + first, rows),
            new(job.Share.Pointer + first, rows));
    });

    private void Check(string name)
    {
        CheckShares(job.Share.Span, name);
        for (int row = 0; row < Shape.Rows; row++)
        {
            double[] shares = Shares(row);
            Expect.Near(shares[job.Answer.Span[row]], shares.Max(), 1e-5, $"{name}: the answer's share in row {row}");
        }

        job.Share.Span.Fill(-1f);
        job.Answer.Span.Fill(-1);
    }

    private void CheckShares(ReadOnlySpan<float> found, string name)
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            Expect.Near(found[row], Shares(row).Max(), 1e-5, $"{name}: the share in row {row}");
        }
    }

    private double[] Shares(int row)
    {
        ExactRow exact = Exact(job.Rewards, row, Lambda);
        double[] shares = new double[AnswerCount];
        for (int i = 0; i < Shape.Columns; i++)
        {
            shares[job.Voted.Span[(row * Shape.Columns) + i]] += exact[i];
        }

        return shares;
    }
}

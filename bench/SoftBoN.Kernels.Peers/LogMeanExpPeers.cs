using SoftBoN.Kernels.Bench.Peers;

namespace SoftBoN.Kernels.Peers;

/// <summary>lambda log mean exp(reward / lambda) alone.</summary>
internal sealed unsafe class LogMeanExpPeers : PeerCase
{
    private const float Lambda = Job.UsualLambda;

    private readonly LogMeanExpJob job;
    private readonly TensorLogMeanExp[] tensors;

    public LogMeanExpPeers(Shape shape, int threads)
        : base(shape, threads)
    {
        job = Own(new LogMeanExpJob(shape));
        tensors = ForParts(part => new TensorLogMeanExp(part));
        double bytes = job.BytesPerElement;
        double logCount = Math.Log(shape.Columns);
        Add("SoftBoN", Role.Ours, () => job.Run(Engine, shape.Rows), bytes, Check);
        Add("TensorPrimitives by row", Role.Peer, ByRow, bytes, Check);
        Add("TensorPrimitives by block", Role.Peer, ByBlock, bytes, Check);
        AddTorch(
            "logsumexp",
            [TensorOf(job.Rewards.Span)],
            one => one[0].mul(1f / Lambda).logsumexp(1).sub_(logCount).mul_(Lambda),
            bytes,
            (results, name) => Check(results.data<float>().ToArray(), name));
    }

    private void ByRow() => InParts((part, first, end) =>
        tensors[part].ByRow(Rewards(first, end), Lambda, Results(first, end)));

    private void ByBlock() => InParts((part, first, end) =>
        tensors[part].ByBlock(Rewards(first, end), Lambda, Results(first, end)));

    private ReadOnlySpan<float> Rewards(int first, int end) =>
        new(job.Rewards.Pointer + (first * Shape.Columns), (end - first) * Shape.Columns);

    private Span<float> Results(int first, int end) => new(job.Results.Pointer + first, end - first);

    private void Check(string name)
    {
        Check(job.Results.Span, name);
        job.Results.Span.Fill(float.NaN);
    }

    private void Check(ReadOnlySpan<float> results, string name)
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            Expect.Near(
                results[row], Exact(job.Rewards, row, Lambda).LogMeanExp, 3e-6, $"{name}: log-mean-exp of row {row}");
        }
    }
}

using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Work;
using static TorchSharp.torch;

namespace SoftBoN.Kernels.Peers;

/// <summary>One of a row's elements, with probability proportional to exp(value / lambda), by ours and by peers.</summary>
internal abstract unsafe class PickPeers : PeerCase
{
    private readonly TensorSelection[] tensors;
    private readonly AlignedBuffer<float> values;
    private readonly AlignedBuffer<int> index;
    private readonly float lambda;

    protected PickPeers(Shape shape, int threads, float lambda)
        : base(shape, threads)
    {
        this.lambda = lambda;
        values = Own(Rewards.Normal(shape));
        index = Own(new AlignedBuffer<int>(shape.Rows));
        tensors = ForParts(part => new TensorSelection(part));
    }

    protected void AddAll(Action ours, Func<int[]> picked)
    {
        Add("SoftBoN", Role.Ours, ours, sizeof(float), name => Check(picked(), name));
        Add("TensorPrimitives by row", Role.Peer, ByRow, sizeof(float), CheckIndex);
        Add("TensorPrimitives by block", Role.Peer, ByBlock, sizeof(float), CheckIndex);
        Tensor[] inputs = [TensorOf(values.Span)];
        AddTorch("Gumbel", inputs, Gumbel, sizeof(float), CheckTensor);
        AddTorch("exponential race", inputs, Race, sizeof(float), CheckTensor);
        AddTorch("multinomial", inputs, one => Weights(one[0]).multinomial(1), sizeof(float), CheckTensor);
    }

    private Tensor Weights(Tensor one) => one.mul(1f / lambda).softmax(1);

    private Tensor Gumbel(Tensor[] one) => one[0].mul(1f / lambda).sub_(one[0].empty_like().exponential_().log_()).argmax(1);

    /// <summary>As engines for language models do it: probabilities over exponential variables.</summary>
    private Tensor Race(Tensor[] one) => Weights(one[0]).div_(one[0].empty_like().exponential_()).argmax(1);

    private void ByRow() => InParts((part, first, end) =>
        tensors[part].ByRow(Values(first, end), lambda, Index(first, end)));

    private void ByBlock() => InParts((part, first, end) =>
        tensors[part].ByBlock(Values(first, end), lambda, Index(first, end)));

    private ReadOnlySpan<float> Values(int first, int end) =>
        new(values.Pointer + (first * Shape.Columns), (end - first) * Shape.Columns);

    private Span<int> Index(int first, int end) => new(index.Pointer + first, end - first);

    private void CheckIndex(string name)
    {
        Check(index.Span, name);
        index.Span.Fill(-1);
    }

    private void CheckTensor(Tensor picks, string name) =>
        Check([.. picks.data<long>().ToArray().Select(pick => (int)pick)], name);

    private void Check(ReadOnlySpan<int> picks, string name) =>
        SelectionCheck.FollowsLaw(values.Span, Shape, lambda, picks, name);
}

/// <summary>Selection of one candidate per row, the index alone.</summary>
internal sealed class SelectionPeers : PickPeers
{
    public SelectionPeers(Shape shape, int threads)
        : base(shape, threads, Job.UsualLambda)
    {
        SelectionJob job = Own(new SelectionJob(shape));
        AddAll(() => job.Run(Engine, shape.Rows), () => job.Index.Span.ToArray());
    }
}

/// <summary>A token of a vocabulary for each row.</summary>
internal sealed class TokenPeers : PickPeers
{
    public TokenPeers(Shape shape, int threads)
        : base(shape, threads, lambda: 1)
    {
        TokenTiltJob job = Own(new TokenTiltJob(shape));
        AddAll(() => job.Run(Engine, shape.Rows), () => [.. job.Tokens]);
    }
}

using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>Weighted majority among a few answers: the answer and its share.</summary>
internal sealed class MajorityJob(Shape shape) : RowsJob(shape)
{
    /// <summary>How many answers there are.</summary>
    public const int AnswerCount = 8;

    public AlignedBuffer<int> Voted { get; } = Jobs.Rewards.Answers(shape, AnswerCount);

    public AlignedBuffer<int> Answer { get; } = new(shape.Rows);

    public AlignedBuffer<float> Share { get; } = new(shape.Rows);

    public override double BytesPerElement => sizeof(float) + sizeof(int);

    public override void Run(SoftBonEngine engine, int rows) => engine.Majority(
        First(rows),
        Layout(rows),
        UsualLambda,
        Voted.Span[..(rows * Shape.Columns)],
        new MajorityOutputs { Answer = Answer.Span, Share = Share.Span });

    public override Action<SoftBonQueue> Place(ResidentJob memory)
    {
        DeviceBuffer<float> rewards = memory.In<float>(Rewards.Span);
        DeviceBuffer<int> voted = memory.In<int>(Voted.Span);
        DeviceBuffer<int> answer = memory.Out<int>(Shape.Rows);
        DeviceBuffer<float> share = memory.Out<float>(Shape.Rows);
        return queue => queue.Majority(
            rewards, DeviceLayout, UsualLambda, voted, new() { Answer = answer, Share = share });
    }

    public override void Dispose()
    {
        Voted.Dispose();
        Answer.Dispose();
        Share.Dispose();
        base.Dispose();
    }

    protected override void Clear()
    {
        Answer.Span.Fill(-1);
        Share.Span.Fill(-1f);
    }

    protected override byte[] Outputs() =>
        [.. MemoryMarshal.AsBytes(Answer.Span), .. MemoryMarshal.AsBytes(Share.Span)];
}

using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Weighted majority among a few answers: the answer and its share.</summary>
internal sealed unsafe class MajorityCase : WorkCase
{
    private const float Lambda = 0.5f;
    private const int AnswerCount = 8;

    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<int> voted;
    private readonly AlignedBuffer<int> answer;
    private readonly AlignedBuffer<float> share;
    private readonly SoftBonEngine engine = Engines.Simd(1);
    private readonly SoftBonEngine reference = Engines.Reference();
    private readonly TensorMajority peer;
    private readonly Shape few;

    public MajorityCase(Shape shape)
        : base(shape)
    {
        rewards = Rewards.Normal(shape);
        voted = Rewards.Answers(shape, AnswerCount);
        answer = new AlignedBuffer<int>(shape.Rows);
        share = new AlignedBuffer<float>(shape.Rows);
        peer = new TensorMajority(shape, AnswerCount);
        few = SlowContender.PartOf(shape);
        Contenders =
        [
            new("SoftBoN", Role.Ours, Ours, shape, 8),
            new("TensorPrimitives and a table", Role.Peer, Peer, shape, 8),
            new("SoftBoN reference", Role.Beside, Reference, few, 8),
            new(Contender.Read, Role.Beside, Read, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Ours() => Vote(engine, Shape);

    public void Reference() => Vote(reference, few);

    public void Peer() => peer.ByRow(rewards.Span, voted.Span, Lambda, answer.Span, share.Span);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public override void Check()
    {
        foreach (Contender contender in Contenders.Where(c => c.Name != Contender.Read))
        {
            answer.Span.Fill(-1);
            contender.Run();
            for (int row = 0; row < contender.Shape.Rows; row++)
            {
                CheckRow(row, contender.Name);
            }
        }
    }

    public override void Dispose()
    {
        rewards.Dispose();
        voted.Dispose();
        answer.Dispose();
        share.Dispose();
        engine.Dispose();
        reference.Dispose();
        peer.Dispose();
    }

    private void Vote(SoftBonEngine on, Shape shape)
    {
        int length = (int)shape.Elements;
        var outputs = new MajorityOutputs { Answer = answer.Span, Share = share.Span };
        var rows = Rows.Dense(shape.Rows, shape.Columns);
        on.Majority(rewards.Span[..length], rows, Lambda, voted.Span[..length], outputs);
    }

    private void CheckRow(int row, string name)
    {
        int start = row * Shape.Columns;
        var exact = new ExactRow(rewards.Span.Slice(start, Shape.Columns), Lambda);
        double[] sums = new double[AnswerCount];
        for (int i = 0; i < Shape.Columns; i++)
        {
            sums[voted.Span[start + i]] += exact[i];
        }

        Expect.Near(sums[answer.Span[row]], sums.Max(), 1e-5, $"{name}: the share of the answer picked in row {row}");
        Expect.Near(share.Span[row], sums.Max(), 1e-5, $"{name}: the share in row {row}");
    }
}

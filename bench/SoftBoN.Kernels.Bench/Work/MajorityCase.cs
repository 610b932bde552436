using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Weighted majority among a few answers: the answer and its share.</summary>
internal sealed unsafe class MajorityCase : WorkCase
{
    private const float Lambda = Job.UsualLambda;
    private const int AnswerCount = MajorityJob.AnswerCount;

    private readonly MajorityJob job;
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
        job = new MajorityJob(shape);
        (rewards, voted, answer, share) = (job.Rewards, job.Voted, job.Answer, job.Share);
        peer = new TensorMajority(shape, AnswerCount);
        few = SlowContender.PartOf(shape);
        Contenders =
        [
            new("SoftBoN", Role.Ours, Ours, shape, job.BytesPerElement),
            new("TensorPrimitives and a table", Role.Peer, Peer, shape, job.BytesPerElement),
            new("SoftBoN reference", Role.Beside, Reference, few, job.BytesPerElement),
            new(Contender.Read, Role.Beside, Read, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Ours() => job.Run(engine, Shape.Rows);

    public void Reference() => job.Run(reference, few.Rows);

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
        job.Dispose();
        engine.Dispose();
        reference.Dispose();
        peer.Dispose();
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

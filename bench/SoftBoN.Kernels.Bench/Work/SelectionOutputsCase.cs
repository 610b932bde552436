using SoftBoN.Kernels.Bench.Peers;
using SoftBoN.Kernels.Bench.Setup;

namespace SoftBoN.Kernels.Bench.Work;

/// <summary>Selection of one candidate per row with its reward, log-probability and margin.</summary>
internal sealed unsafe class SelectionOutputsCase : WorkCase
{
    private const float Lambda = SelectionCase.UsualLambda;
    private const ulong FirstSeed = 42;

    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<int> index;
    private readonly AlignedBuffer<float> reward;
    private readonly AlignedBuffer<float> logProbability;
    private readonly AlignedBuffer<float> margin;
    private readonly SoftBonEngine engine = Engines.Simd(1);
    private readonly TensorSelection peer;
    private ulong seed = FirstSeed;

    public SelectionOutputsCase(Shape shape)
        : base(shape)
    {
        rewards = Rewards.Normal(shape);
        index = new AlignedBuffer<int>(shape.Rows);
        reward = new AlignedBuffer<float>(shape.Rows);
        logProbability = new AlignedBuffer<float>(shape.Rows);
        margin = new AlignedBuffer<float>(shape.Rows);
        peer = new TensorSelection(shape);
        Contenders =
        [
            new("SoftBoN", Role.Ours, Ours, shape, 4),
            new("TensorPrimitives by row", Role.Peer, Peer, shape, 4),
            new(Contender.Read, Role.Beside, Read, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Ours()
    {
        var options = new SelectionOptions { Lambda = Lambda, Seed = seed++ };
        var outputs = new SelectionOutputs
        {
            Index = index.Span,
            Reward = reward.Span,
            LogProbability = logProbability.Span,
            Margin = margin.Span,
        };
        engine.Select(rewards.Span, Rows.Dense(Shape.Rows, Shape.Columns), options, outputs);
    }

    public void Peer() => peer.AllOutputs(
        rewards.Span, Lambda, index.Span, reward.Span, logProbability.Span, margin.Span);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public override void Check()
    {
        foreach (Contender contender in Contenders.Where(c => c.Name != Contender.Read))
        {
            seed = FirstSeed;
            index.Span.Fill(-1);
            contender.Run();
            SelectionCheck.FollowsLaw(rewards.Span, Shape, Lambda, index.Span, contender.Name);
            for (int row = 0; row < Shape.Rows; row++)
            {
                CheckRow(row, contender);
            }
        }
    }

    public override void Dispose()
    {
        rewards.Dispose();
        index.Dispose();
        reward.Dispose();
        logProbability.Dispose();
        margin.Dispose();
        engine.Dispose();
        peer.Dispose();
    }

    private void CheckRow(int row, Contender contender)
    {
        ReadOnlySpan<float> r = rewards.Span.Slice(row * Shape.Columns, Shape.Columns);
        int pick = index.Span[row];
        Expect.True(reward.Span[row] == r[pick], $"{contender.Name}: the reward of row {row} is the pick's");
        double exact = Math.Log(new ExactRow(r, Lambda)[pick]);
        Expect.Near(logProbability.Span[row], exact, 1e-5, $"{contender.Name}: log-probability of row {row}");
        Expect.True(margin.Span[row] >= 0f, $"{contender.Name}: the margin of row {row} is not negative");
        if (contender.Role == Role.Ours)
        {
            (double best, double second, double picked) = SelectionCheck.Keys(r, Lambda, FirstSeed, (ulong)row, pick);
            Expect.Near(picked, best, 2e-5, $"{contender.Name}: the key of the pick in row {row}");
            Expect.Near(margin.Span[row], best - second, 4e-5, $"{contender.Name}: the margin of row {row}");
        }
    }
}

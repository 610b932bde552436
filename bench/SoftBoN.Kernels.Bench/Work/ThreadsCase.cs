namespace SoftBoN.Kernels.Bench.Work;

/// <summary>An operation on two threads, and on one; the latter takes the place of the peer.</summary>
internal sealed unsafe class ThreadsCase : WorkCase
{
    private const float Lambda = 0.5f;
    private const int Threads = 2;

    private readonly AlignedBuffer<float> rewards;
    private readonly AlignedBuffer<float> weights;
    private readonly AlignedBuffer<int> index;
    private readonly SoftBonEngine one = Engines.Simd(1);
    private readonly SoftBonEngine two = Engines.Simd(Threads);
    private readonly bool selects;
    private ulong seed;

    private ThreadsCase(Shape shape, bool selects)
        : base(shape)
    {
        this.selects = selects;
        rewards = Rewards.Normal(shape);
        weights = new AlignedBuffer<float>(selects ? 1 : shape.Elements);
        index = new AlignedBuffer<int>(shape.Rows);
        double bytes = selects ? 4 : 8;
        Contenders =
        [
            new("2 threads", Role.Ours, OnTwo, shape, bytes),
            new("1 thread", Role.Peer, OnOne, shape, bytes),
            new(Contender.Read, Role.Beside, Read, shape, 4),
            new("read alone, all threads", Role.Beside, ReadOnAll, shape, 4),
        ];
    }

    /// <summary>Kept, or the compiler could leave the reading out.</summary>
    public float Sum { get; private set; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public static ThreadsCase SoftWeights(Shape shape) => new(shape, selects: false);

    public static ThreadsCase Selection(Shape shape) => new(shape, selects: true);

    public void OnOne() => Run(one);

    public void OnTwo() => Run(two);

    public void Read() => Sum = Memory.Read(rewards.Pointer, Shape.Elements);

    public void ReadOnAll() => Sum = Memory.ReadOnAll(rewards.Pointer, Shape.Elements);

    /// <summary>Both give the same bits; one thread's are checked where it is compared with its peers.</summary>
    public override void Check()
    {
        seed = 42;
        OnOne();
        float[] expectedWeights = weights.Span.ToArray();
        int[] expectedIndex = index.Span.ToArray();
        weights.Span.Clear();
        index.Span.Clear();
        seed = 42;
        OnTwo();
        Expect.True(weights.Span.SequenceEqual(expectedWeights), "weights do not depend on the number of threads");
        Expect.True(index.Span.SequenceEqual(expectedIndex), "picks do not depend on the number of threads");
    }

    public override void Dispose()
    {
        rewards.Dispose();
        weights.Dispose();
        index.Dispose();
        one.Dispose();
        two.Dispose();
    }

    private void Run(SoftBonEngine engine)
    {
        var rows = Rows.Dense(Shape.Rows, Shape.Columns);
        if (selects)
        {
            engine.Select(
                rewards.Span, rows, new SelectionOptions { Lambda = Lambda, Seed = seed++ }, index.Span);
        }
        else
        {
            engine.SoftWeights(rewards.Span, rows, Lambda, new() { Weights = weights.Span });
        }
    }
}

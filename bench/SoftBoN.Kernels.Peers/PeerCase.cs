using SoftBoN.Kernels.Bench.Setup;
using TorchSharp;
using static TorchSharp.torch;

namespace SoftBoN.Kernels.Peers;

/// <summary>A job by ours, by TensorPrimitives and by TorchSharp, on as many threads each.</summary>
internal abstract class PeerCase : WorkCase
{
    private readonly List<Contender> contenders = [];
    private readonly List<Action> checks = [];
    private readonly List<IDisposable> owned = [];
    private readonly int threads;

    protected PeerCase(Shape shape, int threads)
        : base(shape)
    {
        this.threads = threads;
        set_num_threads(threads);
        set_grad_enabled(false);
        random.manual_seed(42);
        Engine = Own(Engines.Simd(threads));
    }

    public override IReadOnlyList<Contender> Contenders => contenders;

    /// <summary>libtorch's threads look for work for a while before they sleep, and nobody else's turn may pay for that.</summary>
    public override TimeSpan Settle => threads == 1 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(4);

    protected SoftBonEngine Engine { get; }

    public override void Check() => checks.ForEach(check => check());

    public override void Dispose() => owned.ForEach(one => one.Dispose());

    protected T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }

    /// <summary>Adds a contender that writes where its check looks.</summary>
    protected void Add(string name, Role role, Action run, double bytesPerElement, Action<string> check)
    {
        contenders.Add(new(name, role, run, Shape, bytesPerElement));
        checks.Add(() =>
        {
            run();
            check(name);
        });
    }

    /// <summary>Adds TorchSharp on the processor, and on a CUDA device where it has one.</summary>
    /// <param name="name">What it calls.</param>
    /// <param name="inputs">The inputs, on the processor.</param>
    /// <param name="call">The calls on them; leaves its result.</param>
    /// <param name="bytesPerElement">The least bytes.</param>
    /// <param name="check">Whether a result, on the processor, is right.</param>
    protected void AddTorch(
        string name, Tensor[] inputs, Func<Tensor[], Tensor> call, double bytesPerElement, Action<Tensor, string> check)
    {
        AddTorchOn(CPU, $"TorchSharp {name}", inputs, call, bytesPerElement, check);
        if (cuda.is_available())
        {
            AddTorchOn(CUDA, $"TorchSharp {name}, CUDA", inputs, call, bytesPerElement, check);
        }
    }

    /// <summary>Rows of floats as a tensor.</summary>
    protected Tensor TensorOf(ReadOnlySpan<float> values) =>
        Own(tensor(values.ToArray(), [Shape.Rows, Shape.Columns]));

    /// <summary>Does parts of the rows on as many threads.</summary>
    /// <param name="part">The part's number, its first row and the row after its last.</param>
    protected void InParts(Action<int, int, int> part)
    {
        if (threads == 1)
        {
            part(0, 0, Shape.Rows);
            return;
        }

        Parallel.For(0, threads, i => part(i, FirstOf(i), FirstOf(i + 1)));
    }

    /// <summary>What each part needs for itself.</summary>
    protected T[] ForParts<T>(Func<Shape, T> make)
        where T : IDisposable =>
        [.. Enumerable.Range(0, threads).Select(i => Own(make(Shape with { Rows = FirstOf(i + 1) - FirstOf(i) })))];

    protected ExactRow Exact(AlignedBuffer<float> rewards, int row, double lambda) =>
        new(rewards.Span.Slice(row * Shape.Columns, Shape.Columns), lambda);

    private int FirstOf(int part) => (int)((long)Shape.Rows * part / threads);

    private void AddTorchOn(
        Device device,
        string name,
        Tensor[] inputs,
        Func<Tensor[], Tensor> call,
        double bytesPerElement,
        Action<Tensor, string> check)
    {
        Tensor[] there = device.type == DeviceType.CPU ? inputs : [.. inputs.Select(one => Own(one.to(device)))];
        Tensor? result = null;
        void Run()
        {
            using DisposeScope scope = NewDisposeScope();
            result?.Dispose();
            result = call(there).DetachFromDisposeScope();
            if (device.type == DeviceType.CUDA)
            {
                cuda.synchronize();
            }
        }

        contenders.Add(new(name, Role.Peer, Run, Shape, bytesPerElement));
        checks.Add(() =>
        {
            Run();
            using Tensor here = result!.cpu();
            check(here, name);
        });
    }
}

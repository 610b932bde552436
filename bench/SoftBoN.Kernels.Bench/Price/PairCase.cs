namespace SoftBoN.Kernels.Bench.Price;

/// <summary>Ours, which gives the same bits everywhere, and the same without what that takes.</summary>
/// <param name="shape">The batch.</param>
/// <param name="bytesPerElement">The least bytes.</param>
/// <param name="onDevice">Whether the processor waits for a device.</param>
internal abstract class PairCase(Shape shape, double bytesPerElement, bool onDevice = false) : WorkCase(shape)
{
    private readonly List<Contender> contenders = [];
    private readonly List<IDisposable> owned = [];

    public override IReadOnlyList<Contender> Contenders => contenders;

    public override void Dispose() => owned.ForEach(one => one.Dispose());

    protected T Own<T>(T one)
        where T : IDisposable
    {
        owned.Add(one);
        return one;
    }

    /// <summary>Adds ours first, then what is compared with it.</summary>
    protected void Add(string name, Action run) =>
        contenders.Add(new(name, contenders.Count == 0 ? Role.Ours : Role.Peer, run, Shape, bytesPerElement)
        {
            Waits = onDevice,
        });
}

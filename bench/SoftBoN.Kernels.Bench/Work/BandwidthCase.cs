namespace SoftBoN.Kernels.Bench.Work;

/// <summary>The bandwidth of memory, far beyond any cache: 256 MiB read, or read and written elsewhere.</summary>
internal sealed unsafe class BandwidthCase : WorkCase
{
    /// <summary>One row of 256 MiB.</summary>
    public static readonly Shape Size = new(1, 64 << 20);

    private readonly AlignedBuffer<float> source;
    private readonly AlignedBuffer<float> destination;
    private float sum;

    public BandwidthCase()
        : base(Size)
    {
        source = new AlignedBuffer<float>(Shape.Elements);
        destination = new AlignedBuffer<float>(Shape.Elements);
        source.Span.Fill(1f);
        Contenders =
        [
            new("read, 1 thread", Role.Beside, Read, Shape, 4),
            new("read, all threads", Role.Beside, ReadOnAll, Shape, 4),
            new("copy, 1 thread", Role.Beside, Copy, Shape, 8),
            new("copy, all threads", Role.Beside, CopyOnAll, Shape, 8),
        ];
    }

    public override IReadOnlyList<Contender> Contenders { get; }

    public void Read() => sum = Memory.Read(source.Pointer, Shape.Elements);

    public void ReadOnAll() => sum = Memory.ReadOnAll(source.Pointer, Shape.Elements);

    public void Copy() => Memory.Copy(source.Pointer, destination.Pointer, Shape.Elements);

    public void CopyOnAll() => Memory.CopyOnAll(source.Pointer, destination.Pointer, Shape.Elements);

    public override void Check()
    {
        // Each of the many partial sums is a whole number below 2^24, so that they are exact in float.
        Read();
        Expect.Near(sum, Shape.Elements, 0.0, "The sum of ones");
        ReadOnAll();
        Expect.Near(sum, Shape.Elements, 0.0, "The sum of ones by all threads");
        destination.Span.Clear();
        Copy();
        Expect.True(destination.Span.SequenceEqual(source.Span), "the copy is equal");
        destination.Span.Clear();
        CopyOnAll();
        Expect.True(destination.Span.SequenceEqual(source.Span), "the copy by all threads is equal");
    }

    public override void Dispose()
    {
        source.Dispose();
        destination.Dispose();
    }
}

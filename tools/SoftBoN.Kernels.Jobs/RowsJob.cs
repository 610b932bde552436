namespace SoftBoN.Kernels.Jobs;

/// <summary>A job on rows of rewards.</summary>
/// <param name="shape">The batch.</param>
internal abstract unsafe class RowsJob(Shape shape) : Job(shape)
{
    public AlignedBuffer<float> Rewards { get; } = Jobs.Rewards.Normal(shape);

    public override double BytesPerElement => sizeof(float);

    public override float* Input => Rewards.Pointer;

    public override long InputFloats => Shape.Elements;

    public override void Dispose() => Rewards.Dispose();

    protected DeviceRows DeviceLayout => DeviceRows.Dense(Shape.Rows, Shape.Columns);

    protected ReadOnlySpan<float> First(int rows) => Rewards.Span[..(rows * Shape.Columns)];

    protected Rows Layout(int rows) => Kernels.Rows.Dense(rows, Shape.Columns);
}

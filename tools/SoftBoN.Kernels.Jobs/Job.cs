namespace SoftBoN.Kernels.Jobs;

/// <summary>An operation on a batch, with its inputs and the room for its outputs; any engine can do it.</summary>
/// <param name="shape">The batch.</param>
internal abstract class Job(Shape shape) : IDisposable
{
    /// <summary>The temperature of all jobs that have one; rewards have a standard deviation of 1.</summary>
    public const float UsualLambda = 0.5f;

    public Shape Shape => shape;

    public AlignedBuffer<float> Rewards { get; } = Jobs.Rewards.Normal(shape);

    /// <summary>The least bytes that have to move per candidate.</summary>
    public abstract double BytesPerElement { get; }

    /// <summary>Whether as much is written as read, so that a copy is what bounds it and not a bare read.</summary>
    public bool IsCopy => BytesPerElement > sizeof(float) && WritesElements;

    /// <summary>Whether there is an output per candidate.</summary>
    protected virtual bool WritesElements => false;

    /// <summary>Does it on the first rows.</summary>
    public abstract void Run(SoftBonEngine engine, int rows);

    /// <summary>The outputs' bytes, copied, after filling them with something else and doing the job.</summary>
    public byte[] Outcome(SoftBonEngine engine)
    {
        Clear();
        Run(engine, Shape.Rows);
        return Outputs();
    }

    public virtual void Dispose() => Rewards.Dispose();

    /// <summary>Overwrites the outputs with what no job returns.</summary>
    protected abstract void Clear();

    protected abstract byte[] Outputs();

    protected ReadOnlySpan<float> First(int rows) => Rewards.Span[..(rows * Shape.Columns)];

    protected Rows Layout(int rows) => Kernels.Rows.Dense(rows, Shape.Columns);
}

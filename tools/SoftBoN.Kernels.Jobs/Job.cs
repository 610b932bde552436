namespace SoftBoN.Kernels.Jobs;

/// <summary>An operation on a batch, with its inputs and the room for its outputs; any engine can do it.</summary>
/// <param name="shape">The batch.</param>
internal abstract unsafe class Job(Shape shape) : IDisposable
{
    /// <summary>The temperature of all jobs that have one; rewards have a standard deviation of 1.</summary>
    public const float UsualLambda = 0.5f;

    /// <summary>The seed of the first call.</summary>
    public const ulong FirstSeed = 42;

    private ulong _seed = FirstSeed;

    public Shape Shape => shape;

    /// <summary>The least bytes that have to move per element.</summary>
    public abstract double BytesPerElement { get; }

    /// <summary>The largest input as floats, whatever is in it: what a bare read or a copy goes through.</summary>
    public abstract float* Input { get; }

    public abstract long InputFloats { get; }

    /// <summary>Whether as much is written as read, so that a copy is what bounds it and not a bare read.</summary>
    public virtual bool IsCopy => false;

    /// <summary>Does it on the first rows.</summary>
    public abstract void Run(SoftBonEngine engine, int rows);

    /// <summary>Puts inputs and outputs in device memory; the outputs in the order of <see cref="Outputs"/>.</summary>
    /// <returns>The call on a queue.</returns>
    public abstract Action<SoftBonQueue> Place(ResidentJob memory);

    /// <summary>The outputs' bytes, copied, after filling them with something else and doing the job.</summary>
    public byte[] Outcome(SoftBonEngine engine)
    {
        Restart();
        Clear();
        Run(engine, Shape.Rows);
        return Outputs();
    }

    /// <summary>Begins the seeds anew.</summary>
    public void Restart() => _seed = FirstSeed;

    public abstract void Dispose();

    /// <summary>Another seed in every call: under one seed branch predictors would learn the picks by heart.</summary>
    protected ulong NextSeed() => _seed++;

    /// <summary>Overwrites the outputs with what no job returns.</summary>
    protected abstract void Clear();

    protected abstract byte[] Outputs();
}

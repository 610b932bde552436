namespace SoftBoN.Kernels.Hosting;

/// <summary>What a full queue does with another request.</summary>
public enum QueueFullMode
{
    /// <summary>The request fails at once with <see cref="QueueFullException"/>.</summary>
    Reject = 0,

    /// <summary>The request waits for room, until its deadline or cancellation.</summary>
    Wait = 1,
}

/// <summary>How requests are put together.</summary>
public sealed class BatcherOptions
{
    /// <summary>The most rows of a batch, at least 1, and so of a request; 256 unless set.</summary>
    public int MaxBatchRows { get; set; } = 256;

    /// <summary>
    /// How long a request may wait for company, 0 to 1 minute, to about a millisecond. With 0, which it is unless set, nobody
    /// waits: what comes in while a batch runs is the next one.
    /// </summary>
    public TimeSpan MaxDelay { get; set; }

    /// <summary>How many requests may wait, at least 1; 1024 unless set.</summary>
    public int QueueLimit { get; set; } = 1024;

    /// <summary>
    /// How many requests run at a time where each runs alone, as on the processor those do that gain nothing from company; at
    /// least 1, and as many as there are processors unless set. Others wait, up to <see cref="QueueLimit"/>.
    /// </summary>
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>What happens when as many wait; rejected unless set.</summary>
    public QueueFullMode WhenFull { get; set; }

    /// <summary>
    /// For engines on a device: makes another engine when the device was lost. The batcher calls it before its next batch, and
    /// disposes of the engine at its own end. null, which it is unless set: every later request fails with
    /// <see cref="DeviceExecutionException"/>.
    /// </summary>
    public Func<SoftBonEngine>? ReplaceEngine { get; set; }

    internal void Check()
    {
        if (MaxBatchRows < 1)
        {
            Throw.OutOfRange(nameof(MaxBatchRows), MaxBatchRows, "Must be at least 1.");
        }

        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromMinutes(1))
        {
            Throw.OutOfRange(nameof(MaxDelay), MaxDelay, "Must be 0 to 1 minute.");
        }

        if (QueueLimit < 1)
        {
            Throw.OutOfRange(nameof(QueueLimit), QueueLimit, "Must be at least 1.");
        }

        if (MaxConcurrency < 1)
        {
            Throw.OutOfRange(nameof(MaxConcurrency), MaxConcurrency, "Must be at least 1.");
        }

        if (WhenFull is not (QueueFullMode.Reject or QueueFullMode.Wait))
        {
            Throw.OutOfRange(nameof(WhenFull), WhenFull, "Must be Reject or Wait.");
        }
    }
}

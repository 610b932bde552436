using System.Diagnostics.Metrics;

namespace SoftBoN.Kernels.Hosting;

/// <summary>Counts a batcher's requests, for its caller and for meters.</summary>
internal sealed class BatchTally(string operation)
{
    private static readonly Meter Meter = new("SoftBoN.Kernels.Hosting");

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "softbon.batcher.requests", "{request}", "Requests by outcome");

    private static readonly Histogram<long> BatchRows = Meter.CreateHistogram(
        "softbon.batcher.batch.rows",
        "{row}",
        "Rows of batches",
        tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });

    private static readonly Histogram<double> QueueDuration = Meter.CreateHistogram(
        "softbon.batcher.queue.duration", "s", "How long requests waited for their batch", tags: null, Telemetry.Seconds);

    private readonly long[] ended = new long[Enum.GetValues<BatchOutcome>().Length];
    private readonly KeyValuePair<string, object?> tag = new("softbon.operation", operation);
    private long submitted;
    private long batches;

    public BatcherCounts Counts => new(
        Interlocked.Read(ref submitted),
        Read(BatchOutcome.Completed),
        Read(BatchOutcome.Failed),
        Read(BatchOutcome.Cancelled),
        Read(BatchOutcome.Expired),
        Read(BatchOutcome.Rejected),
        Interlocked.Read(ref batches));

    public void Submit() => Interlocked.Increment(ref submitted);

    public void End(BatchOutcome outcome)
    {
        Interlocked.Increment(ref ended[(int)outcome]);
        if (Requests.Enabled)
        {
            Requests.Add(1, tag, new("softbon.outcome", Spell(outcome)));
        }
    }

    public void Batch(long rows)
    {
        Interlocked.Increment(ref batches);
        BatchRows.Record(rows, tag);
    }

    public void Waited(long since)
    {
        if (QueueDuration.Enabled)
        {
            QueueDuration.Record(TimeProvider.System.GetElapsedTime(since).TotalSeconds, tag);
        }
    }

    private static string Spell(BatchOutcome outcome) => outcome switch
    {
        BatchOutcome.Completed => "completed",
        BatchOutcome.Failed => "failed",
        BatchOutcome.Cancelled => "cancelled",
        BatchOutcome.Expired => "expired",
        _ => "rejected",
    };

    private long Read(BatchOutcome outcome) => Interlocked.Read(ref ended[(int)outcome]);
}

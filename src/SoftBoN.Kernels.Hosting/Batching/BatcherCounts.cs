namespace SoftBoN.Kernels.Hosting;

/// <summary>What became of requests so far. Once none is under way, the outcomes add up to those submitted.</summary>
/// <param name="Submitted">Requests with sound arguments.</param>
/// <param name="Completed">Requests with a result.</param>
/// <param name="Failed">Requests whose work threw.</param>
/// <param name="Cancelled">Requests that their callers gave up.</param>
/// <param name="Expired">Requests whose deadline passed.</param>
/// <param name="Rejected">Requests that found the queue full, or the batcher at its end.</param>
/// <param name="Batches">Batches that ran.</param>
public readonly record struct BatcherCounts(
    long Submitted, long Completed, long Failed, long Cancelled, long Expired, long Rejected, long Batches);

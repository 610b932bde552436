namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Scores candidates by a reward model's heads, and picks among them, for many requests at once: what comes in at the same
/// time is one call of the engine.
/// </summary>
/// <remarks>
/// Thread-safe. A request's results are those it has alone, bit for bit. On the processor a single head's requests gain
/// nothing from company and run at once, on the caller's thread; all others are put together. Arguments are checked before a
/// request is queued; what goes wrong in a batch is found by running its requests one by one, and is the error of those that
/// cause it alone; a device that is lost ends the batch that it ran. A request's hidden states must not change before its
/// task has ended. One that is given up may be read, without effect, until the batch that has it ends: unmanaged memory has
/// to stay until then.
/// </remarks>
public sealed class RewardBatcher : IAsyncDisposable, IDisposable
{
    private readonly RewardModelHead head;
    private readonly bool isOnDevice;
    private readonly MicroBatcher<ScoreInput, ScoredPick> batcher;

    /// <summary>A batcher for one head.</summary>
    /// <param name="engine">The engine; it stays the caller's and must outlive the batcher.</param>
    /// <param name="head">The head's weights.</param>
    /// <param name="options">Budgets; null for those that are set unless said otherwise.</param>
    /// <exception cref="ArgumentException">An option or the head is not sound; the message says which and how.</exception>
    public RewardBatcher(SoftBonEngine engine, RewardModelHead head, BatcherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(head);
        head.Check();
        this.head = head;
        options ??= new BatcherOptions();
        if ((long)options.MaxBatchRows * head.Dimension > Array.MaxLength)
        {
            Throw.OutOfRange(
                nameof(options.MaxBatchRows),
                options.MaxBatchRows,
                $"Must be at most {Array.MaxLength / head.Dimension} with {head.Dimension} dimensions.");
        }

        var operation = new ScoreOperation(engine, head);

        // What is wrong with the head shows here and not in every request.
        operation.Score(new float[head.Dimension], 1, new float[1], []);
        isOnDevice = BackendNames.IsDevice(engine.Device.Backend);
        batcher = new MicroBatcher<ScoreInput, ScoredPick>(
            isOnDevice
                ? new DeviceOperation<ScoreInput, ScoredPick>(
                    operation, engine, options.ReplaceEngine, used => new ScoreStage(used, head))
                : operation,
            options);
    }

    /// <summary>What became of requests so far.</summary>
    public BatcherCounts Counts => batcher.Counts;

    /// <summary>Scores a request's candidates.</summary>
    /// <param name="hidden">[rows, dimension]: a hidden state for each candidate.</param>
    /// <param name="rows">The number of candidates, 1 to the most rows of a batch.</param>
    /// <param name="deadline">How long the request may take; null for as long as it does.</param>
    /// <param name="cancellationToken">Ends the request; others do not notice.</param>
    /// <returns>The rewards. A candidate without one has a status and harms no other.</returns>
    /// <exception cref="ArgumentException">The hidden states do not fit.</exception>
    /// <exception cref="QueueFullException">As many requests wait as may.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The batcher has ended.</exception>
    /// <exception cref="DeviceExecutionException">The device failed.</exception>
    public async Task<RewardScores> ScoreAsync(
        ReadOnlyMemory<float> hidden, int rows, TimeSpan? deadline = null, CancellationToken cancellationToken = default)
    {
        Check(hidden, rows);
        ScoredPick result = await Send(new ScoreInput(hidden, rows, null), deadline, cancellationToken).ConfigureAwait(false);
        return result.Scores;
    }

    /// <summary>Scores a request's candidates and picks one with probability proportional to exp(reward / lambda).</summary>
    /// <param name="hidden">[rows, dimension]: a hidden state for each candidate.</param>
    /// <param name="rows">The number of candidates, 1 to the most rows of a batch.</param>
    /// <param name="lambda">The temperature in units of the reward, 0 to +infinity.</param>
    /// <param name="seed">The key of the request's noise.</param>
    /// <param name="position">The request's place in the stream of the key.</param>
    /// <param name="deadline">How long the request may take; null for as long as it does.</param>
    /// <param name="cancellationToken">Ends the request; others do not notice.</param>
    /// <returns>The pick and the rewards. A candidate without a reward leaves its request, and no other, without a pick.</returns>
    /// <exception cref="ArgumentException">The hidden states do not fit, or lambda is out of range.</exception>
    /// <exception cref="QueueFullException">As many requests wait as may.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The batcher has ended.</exception>
    /// <exception cref="DeviceExecutionException">The device failed.</exception>
    public Task<ScoredPick> ScoreAndSelectAsync(
        ReadOnlyMemory<float> hidden,
        int rows,
        float lambda,
        ulong seed,
        ulong position,
        TimeSpan? deadline = null,
        CancellationToken cancellationToken = default)
    {
        Check(hidden, rows);
        Throw.IfInvalid(lambda, 1);
        return Send(new ScoreInput(hidden, rows, new PickInput(lambda, seed, position)), deadline, cancellationToken);
    }

    /// <summary>Takes no more requests, and returns when those that wait have ended.</summary>
    /// <returns>The end of the last request.</returns>
    public ValueTask DisposeAsync() => batcher.DisposeAsync();

    /// <summary>The same, for callers that cannot await.</summary>
    public void Dispose() => batcher.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>A single head is read so fast that copying requests together costs what it saves.</summary>
    private Task<ScoredPick> Send(ScoreInput input, TimeSpan? deadline, CancellationToken cancellationToken) =>
        head.Heads == 1 && !isOnDevice
            ? batcher.RunAlone(input, deadline, cancellationToken)
            : batcher.Submit(input, deadline, cancellationToken);

    private void Check(ReadOnlyMemory<float> hidden, int rows)
    {
        if (rows < 1)
        {
            Throw.OutOfRange(nameof(rows), rows, "Must be at least 1.");
        }

        if (hidden.Length != (long)rows * head.Dimension)
        {
            Throw.Argument(
                $"There are {hidden.Length} hidden values, and {rows} rows of {head.Dimension} need "
                + $"{(long)rows * head.Dimension}; pass as many.",
                nameof(hidden));
        }
    }
}

namespace SoftBoN.Kernels.Hosting;

/// <summary>
/// Draws single tokens for many requests at once: on a device, what comes in at the same time is one batch. On the processor
/// company gains nothing, and each request runs at once on the caller's thread.
/// </summary>
/// <remarks>
/// Thread-safe. A request's token is the one it has alone, bit for bit. What goes wrong in a batch is found by running its
/// requests one by one, and is the error of those that cause it alone; a device that is lost ends the batch that it ran.
/// Servers that hold all logits of a step in one place draw them in one call, by <see cref="TiltedSampler"/>.
/// </remarks>
public sealed class TiltBatcher : IAsyncDisposable, IDisposable
{
    private const int MostProposals = 1024;

    private readonly TiltShape shape;
    private readonly bool isOnDevice;
    private readonly MicroBatcher<TiltRequest, TiltedToken> batcher;

    /// <summary>A batcher for one vocabulary.</summary>
    /// <param name="engine">The engine; it stays the caller's and must outlive the batcher.</param>
    /// <param name="vocabulary">The number of tokens, 1 to 2^20.</param>
    /// <param name="options">Budgets; null for those that are set unless said otherwise.</param>
    /// <param name="proposals">Proposals per token of requests in mode SoftBestOfN, 1 to 1024.</param>
    /// <param name="noise">What has noise of its own: segments of the vocabulary, or each token.</param>
    /// <exception cref="ArgumentException">An argument or option is out of range; the message says which and how.</exception>
    public TiltBatcher(
        SoftBonEngine engine,
        int vocabulary,
        BatcherOptions? options = null,
        int proposals = 16,
        TokenNoise noise = TokenNoise.PerBlock)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new BatcherOptions();
        options.Check();
        Check(vocabulary, options.MaxBatchRows, proposals, noise);
        shape = new TiltShape(vocabulary, proposals, noise);
        isOnDevice = BackendNames.IsDevice(engine.Device.Backend);
        var alone = new TiltOperation(engine, shape);
        batcher = new MicroBatcher<TiltRequest, TiltedToken>(
            isOnDevice
                ? new DeviceOperation<TiltRequest, TiltedToken>(
                    alone, engine, options.ReplaceEngine, used => new TiltStage(used, shape))
                : alone,
            options);
    }

    /// <summary>What became of requests so far.</summary>
    public BatcherCounts Counts => batcher.Counts;

    /// <summary>Draws one token.</summary>
    /// <param name="request">Logits and settings. Settings out of range give token -1 and a status, and harm no other.</param>
    /// <param name="deadline">How long the request may take; null for as long as it does.</param>
    /// <param name="cancellationToken">Ends the request; others do not notice.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ArgumentException">Logits, rewards or mask do not fit the vocabulary.</exception>
    /// <exception cref="QueueFullException">As many requests wait as may.</exception>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The batcher has ended.</exception>
    /// <exception cref="DeviceExecutionException">The device failed.</exception>
    public Task<TiltedToken> TiltAsync(
        TiltRequest request, TimeSpan? deadline = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request.Logits.Length, shape.Vocabulary, isOptional: false, nameof(request.Logits));
        Check(request.Rewards.Length, shape.Vocabulary, isOptional: true, nameof(request.Rewards));
        Check(request.Mask.Length, shape.Words, isOptional: true, nameof(request.Mask));
        return isOnDevice
            ? batcher.Submit(request, deadline, cancellationToken)
            : batcher.RunAlone(request, deadline, cancellationToken);
    }

    /// <summary>Takes no more requests, and returns when those that wait have ended.</summary>
    /// <returns>The end of the last request.</returns>
    public ValueTask DisposeAsync() => batcher.DisposeAsync();

    /// <summary>The same, for callers that cannot await.</summary>
    public void Dispose() => batcher.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static void Check(int vocabulary, int maxBatchRows, int proposals, TokenNoise noise)
    {
        if (vocabulary is < 1 or > TokenMatrix.MaxColumns)
        {
            Throw.OutOfRange(nameof(vocabulary), vocabulary, $"Must be 1 to {TokenMatrix.MaxColumns}.");
        }

        if ((long)vocabulary * maxBatchRows > Array.MaxLength)
        {
            Throw.OutOfRange(
                nameof(maxBatchRows),
                maxBatchRows,
                $"Must be at most {Array.MaxLength / vocabulary} with {vocabulary} tokens.");
        }

        if (proposals is < 1 or > MostProposals)
        {
            Throw.OutOfRange(nameof(proposals), proposals, $"Must be 1 to {MostProposals}.");
        }

        if (noise is not (TokenNoise.PerBlock or TokenNoise.PerToken))
        {
            Throw.OutOfRange(nameof(noise), noise, "Must be PerBlock or PerToken.");
        }
    }

    private static void Check(int length, int needed, bool isOptional, string name)
    {
        if (length != needed && !(isOptional && length == 0))
        {
            Throw.Argument($"{name} has {length} values and {needed} are needed; pass as many.", name);
        }
    }
}

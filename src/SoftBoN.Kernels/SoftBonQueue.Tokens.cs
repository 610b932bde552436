namespace SoftBoN.Kernels;

public sealed partial class SoftBonQueue
{
    /// <summary>Queues a token tilt, as <c>SoftBonEngine.TiltTokens</c>, in device memory.</summary>
    /// <remarks>
    /// Tilted logits or probabilities may lie in the place of the logits, in the same format and with the same stride, if there
    /// is no row map.
    /// </remarks>
    /// <param name="logits">The model's logits, of at most 2^20 tokens.</param>
    /// <param name="options">Temperatures, rewards, masks, truncation, seeds.</param>
    /// <param name="outputs">Memory for the results; must not overlap anything else, but for the logits' place.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others, or a buffer is another
    /// engine's.</exception>
    /// <exception cref="ObjectDisposedException">The queue, a buffer or the engine was disposed of.</exception>
    public void TiltTokens(DeviceTokenMatrix logits, DeviceTokenTiltOptions options, DeviceTokenTiltOutputs outputs)
    {
        ThrowIfUnusable();
        int rows = DeviceTokenTiltCheck.Run(logits, options, outputs);
        BufferHolds holds = default;
        try
        {
            HoldInputs(ref holds, logits, options, outputs, rows);
            HoldParameters(ref holds, options, rows);
            HoldOutputs(ref holds, options, outputs, rows);
            if (rows > 0)
            {
                using Telemetry.Call call = Telemetry.Start("Queue.TiltTokens", backend, rows);
                queue.Run(new TokenTiltRequest(logits, options, outputs, rows), ref holds);
            }
        }
        finally
        {
            holds.Release();
        }
    }

    /// <summary>What is read, and written in the logits' place or elsewhere, of every token.</summary>
    private void HoldInputs(
        ref BufferHolds holds,
        DeviceTokenMatrix logits,
        DeviceTokenTiltOptions options,
        DeviceTokenTiltOutputs outputs,
        int rows)
    {
        bool mayBeWritten = options.RowMap.IsEmpty;
        bool isTilted = mayBeWritten && outputs.TiltedLogits.IsPlaceOf(logits);
        bool isProbability = mayBeWritten && !isTilted && outputs.Probabilities.IsPlaceOf(logits);
        logits.Hold(ref holds, core, nameof(logits), isTilted || isProbability);
        options.Rewards.Hold(ref holds, core, nameof(options.Rewards), isWritten: false);
        holds.Reads(core, options.RowMap, rows, nameof(options.RowMap));
        holds.Reads(core, options.RewardMap, rows, nameof(options.RewardMap));
        holds.Reads(core, options.Mask.Words, options.Mask.Words.Length, nameof(options.Mask));
        DeviceSparseTokenRewards sparse = options.SparseRewards;
        holds.Reads(core, sparse.Offsets, sparse.Offsets.Length, nameof(options.SparseRewards));
        holds.Reads(core, sparse.Tokens, sparse.Tokens.Length, nameof(options.SparseRewards));
        holds.Reads(core, sparse.Values, sparse.Values.Length, nameof(options.SparseRewards));
        if (!isTilted)
        {
            outputs.TiltedLogits.Hold(ref holds, core, nameof(outputs.TiltedLogits), isWritten: true);
        }

        if (!isProbability)
        {
            outputs.Probabilities.Hold(ref holds, core, nameof(outputs.Probabilities), isWritten: true);
        }
    }

    private void HoldParameters(ref BufferHolds holds, DeviceTokenTiltOptions options, int rows)
    {
        holds.Reads(core, options.Lambda.Values.Values, rows, nameof(options.Lambda));
        holds.Reads(core, options.Temperature.Values, rows, nameof(options.Temperature));
        holds.Reads(core, options.TopK.Values, rows, nameof(options.TopK));
        holds.Reads(core, options.TopP.Values, rows, nameof(options.TopP));
        holds.Reads(core, options.MinP.Values, rows, nameof(options.MinP));
        holds.Reads(core, options.TopNSigma.Values, rows, nameof(options.TopNSigma));
        holds.Reads(core, options.LeastLogit.Values, rows, nameof(options.LeastLogit));
        holds.Reads(core, options.Mode.Values, rows, nameof(options.Mode));
        holds.Reads(core, options.Seed.Values, rows, nameof(options.Seed));
        holds.Reads(core, options.Position.Values, rows, nameof(options.Position));
    }

    private void HoldOutputs(
        ref BufferHolds holds, DeviceTokenTiltOptions options, DeviceTokenTiltOutputs outputs, int rows)
    {
        long draws = (long)rows * options.Draws;
        long top = (long)rows * options.Top;
        holds.Writes(core, outputs.Token, draws, nameof(outputs.Token));
        holds.Writes(core, outputs.Rank, draws, nameof(outputs.Rank));
        holds.Writes(core, outputs.LogProbability, draws, nameof(outputs.LogProbability));
        holds.Writes(core, outputs.BaseLogProbability, draws, nameof(outputs.BaseLogProbability));
        holds.Writes(core, outputs.ModelLogProbability, draws, nameof(outputs.ModelLogProbability));
        holds.Writes(core, outputs.TopToken, top, nameof(outputs.TopToken));
        holds.Writes(core, outputs.TopLogProbability, top, nameof(outputs.TopLogProbability));
        holds.Writes(core, outputs.LeastKept, rows, nameof(outputs.LeastKept));
        holds.Writes(core, outputs.LogSumExp, rows, nameof(outputs.LogSumExp));
        holds.Writes(core, outputs.BaseLogSumExp, rows, nameof(outputs.BaseLogSumExp));
        holds.Writes(core, outputs.Kl, rows, nameof(outputs.Kl));
        holds.Writes(core, outputs.EffectiveSampleSize, rows, nameof(outputs.EffectiveSampleSize));
        holds.Writes(core, outputs.Status, rows, nameof(outputs.Status));
    }
}

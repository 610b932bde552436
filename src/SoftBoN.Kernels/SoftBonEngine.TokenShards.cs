using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>Sums a shard of each row: the first step of a tilt whose logits lie in several processes.</summary>
    /// <remarks>Everything that is passed is the shard's own: rewards, mask and sparse tokens count from its first token.
    /// See <see cref="TokenShard"/> for the steps, and TokenTilt.md for what they exchange.</remarks>
    /// <param name="shard">Which part of the vocabulary.</param>
    /// <param name="logits">Its logits.</param>
    /// <param name="options">
    /// The options of the tilt, the same in all steps. Truncation by <see cref="TokenTiltOptions.LeastLogit"/> alone.
    /// </param>
    /// <param name="states"><see cref="TokenShard.StateBytes"/> per row.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void SumShard(
        TokenShard shard,
        TokenMatrix logits,
        TokenTiltOptions options,
        Span<byte> states,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        TokenShardCheck.Options(shard, logits, options);
        long rows = TokenTiltCheck.Run(logits, options, default);
        Throw.IfShorter(states.Length, rows * shard.StateBytes, nameof(states));
        RunShard(TokenShardStep.Sum, shard, rows, logits, options, states, default, default, cancellationToken);
    }

    /// <summary>Draws from a shard of each row, whose state of all shards is known: the second step.</summary>
    /// <remarks>A draw whose token lies in another shard leaves a pick that every other one is better than.</remarks>
    /// <param name="shard">Which part of the vocabulary.</param>
    /// <param name="logits">Its logits, as they were summed.</param>
    /// <param name="options">The options of the tilt.</param>
    /// <param name="rowStates">The merged states, of whole rows.</param>
    /// <param name="picks"><see cref="TokenShard.PickBytes"/> per row.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void DrawShard(
        TokenShard shard,
        TokenMatrix logits,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        Span<byte> picks,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        TokenShardCheck.Options(shard, logits, options);
        long rows = TokenTiltCheck.RunForDraws(logits, options);
        TokenShardCheck.RowStates(shard.Vocabulary, rows, options, rowStates);
        Throw.IfShorter(picks.Length, rows * TokenShard.PickBytes(options), nameof(picks));
        RunShard(TokenShardStep.Draw, shard, rows, logits, options, rowStates, picks, default, cancellationToken);
    }

    /// <summary>The results of whole rows: the last step, which needs no logits.</summary>
    /// <remarks>
    /// All outputs but the rank (<c>RankShard</c>), the likeliest tokens (<c>FinishTop</c>), the model's log-probability
    /// (<c>ScoreShard</c>) and those per token; they have to be empty.
    /// </remarks>
    /// <param name="vocabulary">The number of tokens.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="options">The options of the tilt; what is read of them are those per row, not rewards or masks.</param>
    /// <param name="rowStates">The merged states, of whole rows.</param>
    /// <param name="picks">The merged picks; may be empty where no output per draw is wanted.</param>
    /// <param name="outputs">The caller's memory for the results.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void FinishShards(
        int vocabulary,
        int rows,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        ReadOnlySpan<byte> picks,
        TokenTiltOutputs outputs,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        Throw.IfNegative(rows);
        TokenShardCheck.IfTruncated(options);
        TokenTiltCheck.RunForFinish(options, outputs, rows);
        TokenShardCheck.RowStates(vocabulary, rows, options, rowStates);
        if (!outputs.Token.IsEmpty || !outputs.LogProbability.IsEmpty || !outputs.BaseLogProbability.IsEmpty)
        {
            Throw.IfShorter(picks.Length, (long)rows * TokenShard.PickBytes(options), nameof(picks));
        }

        RunShard(
            TokenShardStep.Finish,
            TokenShard.Whole(vocabulary),
            rows,
            default,
            options,
            rowStates,
            picks,
            outputs,
            cancellationToken);
    }

    /// <summary>Takes a step; which of states and picks it only reads, its rows know.</summary>
    private void RunShard(
        TokenShardStep step,
        TokenShard shard,
        long rows,
        TokenMatrix logits,
        TokenTiltOptions options,
        ReadOnlySpan<byte> states,
        ReadOnlySpan<byte> picks,
        TokenTiltOutputs outputs,
        CancellationToken cancellationToken)
    {
        fixed (byte* stateMemory = states, pickMemory = picks)
        {
            var place = new TokenShardPlace(step, shard, stateMemory, states.Length, (TokenPick*)pickMemory, picks.Length);
            Pin(logits, options, rows, in place, outputs, cancellationToken);
        }
    }
}

using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

public sealed unsafe partial class SoftBonEngine
{
    /// <summary>
    /// The picks of tokens that are named, in place of drawn ones: <c>FinishShards</c> makes their log-probabilities.
    /// </summary>
    /// <remarks>
    /// For the model's own log-probability of tokens, sum, score and finish with options that hold the number of draws and
    /// <see cref="TokenTiltMode.Greedy"/> alone: no mask, temperature 1. <c>BaseLogProbability</c> then has the bits of
    /// <c>ModelLogProbability</c> of the whole rows.
    /// </remarks>
    /// <param name="shard">Which part of the vocabulary.</param>
    /// <param name="logits">Its logits, as they were summed.</param>
    /// <param name="options">The options of the tilt; no row of them in mode SoftBestOfN.</param>
    /// <param name="rowStates">The merged states, of whole rows.</param>
    /// <param name="tokens">Per draw: a token of the vocabulary; others, such as -1, have no result.</param>
    /// <param name="picks"><see cref="TokenShard.PickBytes"/> per row, for a merge like those of <c>DrawShard</c>.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void ScoreShard(
        TokenShard shard,
        TokenMatrix logits,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        ReadOnlySpan<int> tokens,
        Span<byte> picks,
        CancellationToken cancellationToken = default)
    {
        long rows = CheckShard(shard, logits, options, rowStates, default);
        if (options.Proposals > 0)
        {
            Throw.OutOfRange(
                nameof(options.Proposals), options.Proposals, "Must be 0: tokens that are named are not proposed.");
        }

        Throw.IfShorter(tokens.Length, rows * options.Draws, nameof(tokens));
        Throw.IfShorter(picks.Length, rows * TokenShard.PickBytes(options), nameof(picks));
        Span<TokenPick> named = MemoryMarshal.Cast<byte, TokenPick>(picks);
        for (int i = 0; i < rows * options.Draws; i++)
        {
            named[i].Token = tokens[i];
        }

        RunShard(TokenShardStep.Score, shard, rows, logits, options, rowStates, picks, default, cancellationToken);
    }

    /// <summary>How many of a shard's tokens are likelier than the picks: added up over all shards, their ranks.</summary>
    /// <param name="shard">Which part of the vocabulary.</param>
    /// <param name="logits">Its logits, as they were summed.</param>
    /// <param name="options">The options of the tilt.</param>
    /// <param name="rowStates">The merged states, of whole rows.</param>
    /// <param name="picks">The merged picks of <c>DrawShard</c> or <c>ScoreShard</c>.</param>
    /// <param name="ranks">Per draw, for <see cref="TokenShard.MergeRanks"/>; -1 where there is no token.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void RankShard(
        TokenShard shard,
        TokenMatrix logits,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        ReadOnlySpan<byte> picks,
        Span<int> ranks,
        CancellationToken cancellationToken = default)
    {
        var outputs = new TokenTiltOutputs { Rank = ranks };
        long rows = CheckShard(shard, logits, options, rowStates, outputs);
        Throw.IfShorter(picks.Length, rows * TokenShard.PickBytes(options), nameof(picks));
        Throw.IfShorter(ranks.Length, rows * options.Draws, nameof(ranks));
        RunShard(TokenShardStep.Rank, shard, rows, logits, options, rowStates, picks, outputs, cancellationToken);
    }

    /// <summary>A shard's likeliest tokens, as many as <see cref="TokenTiltOptions.Top"/> says.</summary>
    /// <param name="shard">Which part of the vocabulary.</param>
    /// <param name="logits">Its logits, as they were summed.</param>
    /// <param name="options">The options of the tilt.</param>
    /// <param name="rowStates">The merged states, of whole rows.</param>
    /// <param name="top"><see cref="TokenShard.TopBytes"/> per row, for <see cref="TokenShard.MergeTop"/>.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void TopShard(
        TokenShard shard,
        TokenMatrix logits,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        Span<byte> top,
        CancellationToken cancellationToken = default)
    {
        long rows = CheckShard(shard, logits, options, rowStates, default);
        Throw.IfShorter(top.Length, rows * TokenShard.TopBytes(options), nameof(top));
        RunShard(TokenShardStep.Top, shard, rows, logits, options, rowStates, top, default, cancellationToken);
    }

    /// <summary>The likeliest tokens of whole rows, from those of all shards.</summary>
    /// <param name="vocabulary">The number of tokens.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="options">The options of the tilt.</param>
    /// <param name="rowStates">The merged states, of whole rows.</param>
    /// <param name="top">The merged likeliest tokens.</param>
    /// <param name="topToken">As <see cref="TokenTiltOutputs.TopToken"/>; may be empty.</param>
    /// <param name="topLogProbability">As <see cref="TokenTiltOutputs.TopLogProbability"/>; may be empty.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    /// <exception cref="ArgumentException">An argument does not fit the others.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="NotSupportedException">The engine is on a device; this runs on the processor only.</exception>
    public void FinishTop(
        int vocabulary,
        int rows,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        ReadOnlySpan<byte> top,
        Span<int> topToken,
        Span<float> topLogProbability,
        CancellationToken cancellationToken = default)
    {
        core.ThrowIfUnusable();
        Throw.IfNegative(rows);
        TokenShardCheck.IfTruncated(options);
        var outputs = new TokenTiltOutputs { TopToken = topToken, TopLogProbability = topLogProbability };
        TokenTiltCheck.RunForTop(options, outputs, rows);
        TokenShardCheck.RowStates(vocabulary, rows, options, rowStates);
        Throw.IfShorter(top.Length, (long)rows * TokenShard.TopBytes(options), nameof(top));
        RunShard(
            TokenShardStep.FinishTop,
            TokenShard.Whole(vocabulary),
            rows,
            default,
            options,
            rowStates,
            top,
            outputs,
            cancellationToken);
    }

    /// <returns>The number of rows.</returns>
    private long CheckShard(
        TokenShard shard,
        TokenMatrix logits,
        TokenTiltOptions options,
        ReadOnlySpan<byte> rowStates,
        TokenTiltOutputs outputs)
    {
        core.ThrowIfUnusable();
        TokenShardCheck.Options(shard, logits, options);
        long rows = TokenTiltCheck.Run(logits, options, outputs);
        TokenShardCheck.RowStates(shard.Vocabulary, rows, options, rowStates);
        return rows;
    }
}

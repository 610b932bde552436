using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels;

/// <summary>
/// A part of a vocabulary that one process has the logits of: whole segments of 1024 tokens, but for the vocabulary's last
/// one. What shards exchange are bytes, little-endian and without pointers, so any transport will do.
/// </summary>
/// <remarks>
/// Every process calls <c>SoftBonEngine.SumShard</c>; the states of neighbours are merged (<see cref="MergeStates"/>) until
/// they are those of whole rows; with these every process calls <c>SoftBonEngine.DrawShard</c>; the picks are merged
/// (<see cref="MergePicks"/>), and <c>SoftBonEngine.FinishShards</c> has the results. They are the bits of
/// <c>SoftBonEngine.TiltTokens</c> of the whole rows, whatever the shards. Ranks, the likeliest tokens and the model's
/// log-probability are made by further steps, where they are wanted: <c>RankShard</c>, <c>TopShard</c>, <c>ScoreShard</c>.
/// </remarks>
public readonly record struct TokenShard
{
    /// <summary>Shards begin at multiples of this many tokens.</summary>
    public const int Alignment = CanonicalSum.SegmentLength;

    /// <summary>A part of a vocabulary.</summary>
    /// <param name="firstToken">The number of its first token, a multiple of 1024.</param>
    /// <param name="tokens">How many there are, at least 1: a multiple of 1024, or up to the vocabulary's end.</param>
    /// <param name="vocabulary">The number of tokens of the vocabulary, 1 to 2^20.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TokenShard(int firstToken, int tokens, int vocabulary)
    {
        if (vocabulary is < 1 or > TokenMatrix.MaxColumns)
        {
            Throw.OutOfRange(nameof(vocabulary), vocabulary, $"Must be 1 to {TokenMatrix.MaxColumns} tokens.");
        }

        if (firstToken < 0 || firstToken >= vocabulary || firstToken % Alignment != 0)
        {
            Throw.OutOfRange(
                nameof(firstToken), firstToken, $"Must be a multiple of {Alignment}, 0 to below {vocabulary}.");
        }

        int left = vocabulary - firstToken;
        if (tokens < 1 || tokens > left || (tokens < left && tokens % Alignment != 0))
        {
            Throw.OutOfRange(
                nameof(tokens), tokens, $"Must be a multiple of {Alignment}, or the {left} to the vocabulary's end.");
        }

        (FirstToken, Tokens, Vocabulary) = (firstToken, tokens, vocabulary);
    }

    /// <summary>The number of its first token.</summary>
    public int FirstToken { get; }

    /// <summary>How many tokens there are; 0 for the default value, which is no shard.</summary>
    public int Tokens { get; }

    /// <summary>The number of tokens of the vocabulary.</summary>
    public int Vocabulary { get; }

    /// <summary>Whether it is the whole vocabulary.</summary>
    public bool IsWhole => Tokens == Vocabulary;

    /// <summary>Bytes of a row's state: 32, and 32 per segment.</summary>
    public int StateBytes => TokenShardArgs.StateBytes(TokenSegments.CountFor(Tokens));

    /// <summary>The whole vocabulary.</summary>
    /// <param name="vocabulary">The number of its tokens, 1 to 2^20.</param>
    /// <returns>The shard.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static TokenShard Whole(int vocabulary) => new(0, vocabulary, vocabulary);

    /// <summary>Bytes of a row's picks: 20 for each draw, and in mode soft best-of-n for each proposal.</summary>
    /// <param name="options">The options of the draws.</param>
    /// <returns>The number of bytes.</returns>
    public static unsafe int PickBytes(TokenTiltOptions options) =>
        checked(options.Draws * Math.Max(1, options.Proposals) * sizeof(TokenPick));

    /// <summary>Bytes of a row's likeliest tokens: 20 for each.</summary>
    /// <param name="options">The options of the tilt.</param>
    /// <returns>The number of bytes.</returns>
    public static unsafe int TopBytes(TokenTiltOptions options) => checked(options.Top * sizeof(TokenPick));

    /// <summary>Merges the states of rows of two neighbouring shards into those of both together.</summary>
    /// <param name="left">The shard with the lower tokens.</param>
    /// <param name="leftStates">Its rows' states.</param>
    /// <param name="right">The shard that begins where the other one ends.</param>
    /// <param name="rightStates">Its rows' states.</param>
    /// <param name="merged">Memory of its own for the states of both.</param>
    /// <returns>Both shards together.</returns>
    /// <exception cref="ArgumentException">
    /// The shards are no neighbours, states are not of these shards, or rows differ in temperature or lambda.
    /// </exception>
    public static TokenShard MergeStates(
        TokenShard left,
        ReadOnlySpan<byte> leftStates,
        TokenShard right,
        ReadOnlySpan<byte> rightStates,
        Span<byte> merged)
    {
        if (left.Vocabulary != right.Vocabulary || left.FirstToken + left.Tokens != right.FirstToken)
        {
            Throw.Argument($"{right} does not begin where {left} ends; merge neighbours.", nameof(right));
        }

        var both = new TokenShard(left.FirstToken, left.Tokens + right.Tokens, left.Vocabulary);
        int rows = TokenShardCheck.Rows(left, leftStates, nameof(leftStates));
        Throw.IfLengthsDiffer(
            rows, TokenShardCheck.Rows(right, rightStates, nameof(rightStates)), nameof(leftStates), nameof(rightStates));
        Throw.IfShorter(merged.Length, (long)rows * both.StateBytes, nameof(merged));
        if (merged.Overlaps(leftStates) || merged.Overlaps(rightStates))
        {
            Throw.Argument("The merged states overlap those of a shard; pass memory of its own.", nameof(merged));
        }

        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> first = leftStates.Slice(row * left.StateBytes, left.StateBytes);
            ReadOnlySpan<byte> second = rightStates.Slice(row * right.StateBytes, right.StateBytes);
            TokenShardHeader header = TokenShardCheck.Join(
                TokenShardCheck.Header(left, first, row), TokenShardCheck.Header(right, second, row), row);
            Span<byte> state = merged.Slice(row * both.StateBytes, both.StateBytes);
            MemoryMarshal.Write(state, in header);
            Span<byte> segments = state[TokenShardArgs.StateBytes(0)..];
            first[TokenShardArgs.StateBytes(0)..].CopyTo(segments);
            second[TokenShardArgs.StateBytes(0)..].CopyTo(segments[(first.Length - TokenShardArgs.StateBytes(0))..]);
        }

        return both;
    }

    /// <summary>Merges picks of the same rows and draws: the better of each pair is kept.</summary>
    /// <param name="picks">The picks of some shards.</param>
    /// <param name="into">The picks of others, in any order; replaced by the better ones.</param>
    /// <exception cref="ArgumentException">The two differ in length, or are no picks.</exception>
    public static unsafe void MergePicks(ReadOnlySpan<byte> picks, Span<byte> into)
    {
        Throw.IfLengthsDiffer(picks.Length, into.Length, nameof(picks), nameof(into));
        if (picks.Length % sizeof(TokenPick) != 0)
        {
            Throw.Argument(
                $"There are {picks.Length} bytes; picks have {sizeof(TokenPick)} each: pass those of DrawShard.",
                nameof(picks));
        }

        ReadOnlySpan<TokenPick> others = MemoryMarshal.Cast<byte, TokenPick>(picks);
        Span<TokenPick> own = MemoryMarshal.Cast<byte, TokenPick>(into);
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = TokenPick.Better(in own[i], in others[i]);
        }
    }

    /// <summary>Adds the ranks that shards counted for the same rows and draws.</summary>
    /// <param name="ranks">The ranks of some shards.</param>
    /// <param name="into">The ranks of others, in any order; replaced by the sums, -1 where there is no token.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static void MergeRanks(ReadOnlySpan<int> ranks, Span<int> into)
    {
        Throw.IfLengthsDiffer(ranks.Length, into.Length, nameof(ranks), nameof(into));
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = into[i] < 0 || ranks[i] < 0 ? -1 : into[i] + ranks[i];
        }
    }

    /// <summary>Merges the likeliest tokens of the same rows: of each row the likeliest are kept, in order.</summary>
    /// <param name="options">The options of the tilt, which say how many there are of a row.</param>
    /// <param name="top">The likeliest tokens of some shards.</param>
    /// <param name="into">Those of others, in any order; replaced by the likeliest of all.</param>
    /// <exception cref="ArgumentException">
    /// The two differ in length, are not those of whole rows, or their number is out of range.
    /// </exception>
    public static void MergeTop(TokenTiltOptions options, ReadOnlySpan<byte> top, Span<byte> into)
    {
        Throw.IfLengthsDiffer(top.Length, into.Length, nameof(top), nameof(into));
        if (options.Top is < 1 or > TokenTiltOp.MostTop)
        {
            Throw.OutOfRange(nameof(options.Top), options.Top, $"Must be 1 to {TokenTiltOp.MostTop}.");
        }

        if (top.Length % TopBytes(options) != 0)
        {
            Throw.Argument(
                $"There are {top.Length} bytes and the {options.Top} likeliest tokens of a row have {TopBytes(options)}; pass "
                + "those of TopShard.",
                nameof(top));
        }

        ReadOnlySpan<TokenPick> others = MemoryMarshal.Cast<byte, TokenPick>(top);
        Span<TokenPick> own = MemoryMarshal.Cast<byte, TokenPick>(into);
        Span<TokenPick> merged = stackalloc TokenPick[TokenTiltOp.MostTop];
        for (int row = 0; row < own.Length; row += options.Top)
        {
            (int a, int b) = (row, row);
            for (int place = 0; place < options.Top; place++)
            {
                TokenPick better = TokenPick.Better(in own[a], in others[b]);
                bool isOther = better.Token != own[a].Token;
                (a, b) = isOther ? (a, b + 1) : (a + 1, b);
                merged[place] = better;
            }

            merged[..options.Top].CopyTo(own[row..]);
        }
    }
}

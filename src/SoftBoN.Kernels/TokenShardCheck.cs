using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>Looks at states of shards and what goes with them before any work.</summary>
internal static class TokenShardCheck
{
    /// <summary>The number of rows that states are of.</summary>
    public static int Rows(TokenShard shard, ReadOnlySpan<byte> states, string name)
    {
        IfDefault(shard);
        if (states.Length % shard.StateBytes != 0)
        {
            Throw.Argument(
                $"{name} has {states.Length} bytes and a row of {shard} has {shard.StateBytes}; pass whole rows.", name);
        }

        return states.Length / shard.StateBytes;
    }

    /// <summary>A row's header, if it is one of this shard.</summary>
    public static TokenShardHeader Header(TokenShard shard, ReadOnlySpan<byte> state, int row)
    {
        TokenShardHeader header = MemoryMarshal.Read<TokenShardHeader>(state);
        int segments = TokenSegments.CountFor(shard.Tokens);
        if (header.Magic != TokenShardHeader.CurrentMagic
            || (header.Vocabulary, header.SegmentCount) != (shard.Vocabulary, segments)
            || header.FirstSegment != TokenSegments.CountFor(shard.FirstToken))
        {
            Throw.Argument(
                $"Row {row} is no state of {shard}; pass what SumShard or MergeStates wrote for it.", "states");
        }

        return header;
    }

    /// <summary>The header of two neighbours together.</summary>
    public static TokenShardHeader Join(TokenShardHeader left, TokenShardHeader right, int row)
    {
        const TokenShardFlags Rewards = TokenShardFlags.HasRewards;
        bool isSame = Same(left.Temperature, right.Temperature) && Same(left.Lambda, right.Lambda)
            && (left.Flags & Rewards) == (right.Flags & Rewards);
        if (!isSame)
        {
            Throw.Argument(
                $"Row {row} was summed at T = {left.Temperature} and lambda = {left.Lambda} in one shard and at "
                + $"{right.Temperature} and {right.Lambda} in the other, or with rewards in one alone; sum all alike.",
                "rightStates");
        }

        left.SegmentCount += right.SegmentCount;
        left.Flags |= right.Flags;
        left.Status = (uint)TokenTiltOp.Worse((RowStatus)left.Status, (RowStatus)right.Status);
        return left;
    }

    /// <summary>What may not be asked of a shard.</summary>
    public static void Options(TokenShard shard, TokenMatrix logits, TokenTiltOptions options)
    {
        IfDefault(shard);
        if (logits.Columns != shard.Tokens)
        {
            Throw.Argument(
                $"The logits have {logits.Columns} tokens and {shard} has {shard.Tokens}; pass those of the shard.",
                nameof(logits));
        }

        IfTruncated(options);
    }

    public static void IfTruncated(TokenTiltOptions options)
    {
        if (options.TopK.IsGiven || options.TopP.IsGiven || options.MinP.IsGiven || options.TopNSigma.IsGiven)
        {
            Throw.Argument(
                "A truncation's threshold depends on the whole row: find it first, by TiltTokens with LeastKept on the "
                + "gathered logits, and pass it as LeastLogit.",
                nameof(options));
        }
    }

    /// <summary>The states have to be those of whole rows at these temperatures.</summary>
    public static void RowStates(
        int vocabulary, long rows, TokenTiltOptions options, ReadOnlySpan<byte> rowStates)
    {
        var whole = TokenShard.Whole(vocabulary);
        int count = Rows(whole, rowStates, nameof(rowStates));
        if (count != rows)
        {
            Throw.Argument($"There are states of {count} rows and the batch has {rows}; pass one each.", nameof(rowStates));
        }

        for (int row = 0; row < count; row++)
        {
            TokenShardHeader header = Header(whole, rowStates[(row * whole.StateBytes)..], row);
            bool hasRewards = header.Flags.HasFlag(TokenShardFlags.HasRewards);
            float temperature = options.Temperature.IsGiven ? At(options.Temperature, row) : 1f;
            float lambda = hasRewards ? At(options.Lambda.Values, row) : 0f;
            if (!Same(header.Temperature, temperature) || !Same(header.Lambda, lambda))
            {
                Throw.Argument(
                    $"Row {row} was summed at T = {header.Temperature} and lambda = {header.Lambda} and is drawn from at "
                    + $"{temperature} and {lambda}; pass the same options to all steps.",
                    nameof(options));
            }
        }
    }

    private static void IfDefault(TokenShard shard)
    {
        if (shard.Tokens == 0)
        {
            Throw.Argument("The shard has no tokens; make one with new TokenShard(first, tokens, vocabulary).", nameof(shard));
        }
    }

    private static float At(PerRow<float> values, int row) => values.IsPerRow ? values.Values[row] : values.Scalar;

    private static bool Same(float a, float b) =>
        BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b);
}

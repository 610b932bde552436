using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// A tilt of rows that are longer than a part: silos sum shards of the vocabulary, the sums are merged, silos draw from the
/// shards, the draws are merged, and the results are made here.
/// </summary>
internal static unsafe class ShardedTilt
{
    /// <summary>Whether rows are so long, and nothing is asked that no shard can tell.</summary>
    public static bool Takes(in TokenTiltArgs args, long rows, int partBytes)
    {
        if (rows == 0 || args.Columns <= TokenShard.Alignment || TokenTiltForm.RowBytes(in args, 0) <= partBytes)
        {
            return false;
        }

        bool isTruncated = args.TopK.Values != null || args.TopK.Scalar != 0
            || args.TopP.Values != null || args.TopP.Scalar != 1f
            || args.MinP.Values != null || args.MinP.Scalar != 0f
            || args.TopNSigma.Values != null || !float.IsPositiveInfinity(args.TopNSigma.Scalar);
        bool wantsWholeRows = args.Rank != null || args.WantsModel || args.WantsTop || args.WantsTokens;

        // A list of rewards that is out of order is known as such only when it is whole.
        bool isMergeable = args.SparseStarts == null
            && rows * (TokenShard.Whole(args.Columns).StateBytes + PickBytes(in args)) < int.MaxValue;
        return !isTruncated && !wantsWholeRows && isMergeable;
    }

    /// <summary>Runs the steps.</summary>
    public static void Run(
        in TokenTiltArgs args, long rows, int partBytes, PartPump pump, HostCore host, CallSize size, CancellationToken cancellationToken)
    {
        TokenShard[] shards = Cut(in args, partBytes);
        byte[] states;
        byte[] picks = [];
        fixed (TokenTiltArgs* pointer = &args)
        {
            byte[][] sums = [.. shards.Select(shard => new byte[rows * shard.StateBytes])];
            pump.Run(new TokenShardPart(pointer, rows, shards, null, sums), cancellationToken);
            states = Merge(shards, sums);
            if (args.WantsDraws)
            {
                long bytes = rows * PickBytes(in args);
                byte[][] drawn = [.. shards.Select(_ => new byte[bytes])];
                pump.Run(new TokenShardPart(pointer, rows, shards, states, drawn), cancellationToken);
                picks = drawn[0];
                foreach (byte[] others in drawn.Skip(1))
                {
                    TokenShard.MergePicks(others, picks);
                }
            }
        }

        fixed (byte* stateMemory = states, pickMemory = picks)
        {
            var finish = new TokenShardArgs { Tilt = args, States = stateMemory, Picks = (TokenPick*)pickMemory };
            finish.Tilt.SumsAll = true;
            host.Run(in finish, TokenShardStep.Finish, rows, size, cancellationToken);
        }
    }

    private static long PickBytes(in TokenTiltArgs args) =>
        args.Draws * (long)Math.Max(1, args.Proposals) * sizeof(TokenPick);

    /// <summary>Shards of a row, each of which is a part, or nearly.</summary>
    private static TokenShard[] Cut(in TokenTiltArgs args, int partBytes)
    {
        long perToken = Math.Max(1, TokenTiltForm.RowBytes(in args, 0) / args.Columns);
        int tokens = (int)Math.Clamp(
            partBytes / perToken / TokenShard.Alignment * TokenShard.Alignment, TokenShard.Alignment, args.Columns);
        var shards = new List<TokenShard>();
        for (int first = 0; first < args.Columns; first += tokens)
        {
            shards.Add(new TokenShard(first, Math.Min(tokens, args.Columns - first), args.Columns));
        }

        return [.. shards];
    }

    private static byte[] Merge(TokenShard[] shards, byte[][] states)
    {
        (TokenShard shard, byte[] merged) = (shards[0], states[0]);
        for (int i = 1; i < shards.Length; i++)
        {
            byte[] both = new byte[merged.Length / shard.StateBytes * (long)BytesOfBoth(shard, shards[i])];
            (shard, merged) = (TokenShard.MergeStates(shard, merged, shards[i], states[i], both), both);
        }

        return merged;
    }

    private static int BytesOfBoth(TokenShard left, TokenShard right) =>
        new TokenShard(left.FirstToken, left.Tokens + right.Tokens, left.Vocabulary).StateBytes;
}

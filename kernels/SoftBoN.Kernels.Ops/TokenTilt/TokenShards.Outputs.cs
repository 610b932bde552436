using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>What is made of shards where it is wanted: tokens that were named, ranks, the likeliest tokens.</content>
internal static unsafe partial class TokenTiltOp
{
    /// <summary>Turns picks that name tokens into those that a draw of these tokens would have left.</summary>
    public static void ScoreShard(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        for (long row = first; row < end; row++)
        {
            var picks = new Span<TokenPick>(shard.Picks + (row * args.Draws), args.Draws);
            RowStatus status = LoadState(in shard, row, scratch, out TokenParameters parameters, out TokenRowSums sums);
            if (status != RowStatus.Ok || !AimSimd(in args, row, in parameters, scratch, out _))
            {
                picks.Fill(TokenPick.None);
                continue;
            }

            var found = new VectorRowDraws(in args, row, in parameters, in sums, scratch);
            foreach (ref TokenPick pick in picks)
            {
                pick = found.ScoreShard(pick.Token);
            }
        }
    }

    /// <summary>Counts, for the picks of whole rows, the shard's tokens that are likelier.</summary>
    public static void RankShard(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        for (long row = first; row < end; row++)
        {
            RowStatus status = LoadState(in shard, row, scratch, out TokenParameters parameters, out TokenRowSums sums);
            bool isOk = status == RowStatus.Ok;
            bool hasTokens = isOk && AimSimd(in args, row, in parameters, scratch, out _);
            var found = new VectorRowDraws(in args, row, in parameters, in sums, scratch);
            for (int draw = 0; draw < args.Draws; draw++)
            {
                TokenPick pick = isOk
                    ? Chosen(in args, row, draw, shard.PicksOf(row, draw), in parameters)
                    : TokenPick.None;
                int rank = pick.Token < 0 ? -1 : hasTokens ? found.RankOf(pick.Token, pick.X) : 0;
                Put(args.Rank, (row * args.Draws) + draw, rank);
            }
        }
    }

    /// <summary>Names the likeliest tokens of a shard.</summary>
    public static void TopShard(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        for (long row = first; row < end; row++)
        {
            var picks = new Span<TokenPick>(shard.Picks + (row * args.Top), args.Top);
            picks.Fill(TokenPick.None);
            RowStatus status = LoadState(in shard, row, scratch, out TokenParameters parameters, out TokenRowSums sums);
            if (status == RowStatus.Ok && AimSimd(in args, row, in parameters, scratch, out _))
            {
                new VectorRowDraws(in args, row, in parameters, in sums, scratch).TopShard(picks);
            }
        }
    }

    /// <summary>Writes the likeliest tokens of whole rows from the best of all shards.</summary>
    public static void FinishTop(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        for (long row = first; row < end; row++)
        {
            RowStatus status = LoadState(in shard, row, scratch, out _, out TokenRowSums sums);
            for (int place = 0; place < args.Top; place++)
            {
                TokenPick pick = shard.Picks[(row * args.Top) + place];
                bool exists = status == RowStatus.Ok && pick.Token >= 0;
                PutTop(
                    in args,
                    row,
                    place,
                    exists ? pick.Token : -1,
                    exists ? LogProbability(pick.X, sums.Sum) : Bits.ToFloat(Bits.NoResult));
            }
        }
    }
}

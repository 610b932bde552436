using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>What a shard knows of a row, before what it knows of each segment; little-endian, without gaps.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TokenShardHeader
{
    /// <summary>"TSR1" in ASCII.</summary>
    public const uint CurrentMagic = 0x31525354;

    public uint Magic;
    public int Vocabulary;
    public int FirstSegment;
    public int SegmentCount;

    /// <summary>The row's temperature and lambda as they were given; 0 for lambda without rewards.</summary>
    public float Temperature;
    public float Lambda;
    public TokenShardFlags Flags;
    public uint Status;
}

/// <summary>What kind of row a shard is of.</summary>
[Flags]
internal enum TokenShardFlags : uint
{
    None = 0,
    HasRewards = 1,

    /// <summary>Some logit of the shard is kept.</summary>
    HasLogits = 2,
}

/// <summary>What a shard knows of a segment.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TokenShardSegment
{
    public float Logit;
    public float Reward;
    public float Score;
    public float Sum;
    public float BaseSum;
    public float Deviation;
    public float Squares;
    public int Count;
}

/// <summary>What a shard drew, or proposed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct TokenPick
{
    /// <summary>The key in the row where shards compete by keys, 0 where at most one of them has a token.</summary>
    public float Key;

    /// <summary>The token's number in the vocabulary; -1 where the shard has none.</summary>
    public int Token;

    /// <summary>Its score relative to the row's best, and its base term relative to the row's largest logit.</summary>
    public float X;
    public float BaseX;

    /// <summary>Its reward in lambda's direction.</summary>
    public float Reward;

    public static TokenPick None => new() { Key = float.NegativeInfinity, Token = -1 };

    /// <summary>The better one: the larger key, the lower token among equals.</summary>
    public static TokenPick Better(in TokenPick a, in TokenPick b)
    {
        bool isB = a.Token < 0 || (b.Token >= 0 && (b.Key > a.Key || (b.Key == a.Key && b.Token < a.Token)));
        return isB ? b : a;
    }
}

/// <summary>A shard of a batch, and its memory.</summary>
internal unsafe struct TokenShardArgs
{
    public TokenTiltArgs Tilt;

    /// <summary>States of the shard where it is summed, of whole rows behind that.</summary>
    public byte* States;
    public TokenPick* Picks;

    /// <summary>Picks of a draw: proposals where a row may have such, else 1.</summary>
    public readonly int PicksPerDraw => Math.Max(1, Tilt.Proposals);

    public static int StateBytes(int segments) =>
        sizeof(TokenShardHeader) + (segments * sizeof(TokenShardSegment));

    public readonly Span<TokenPick> PicksOf(long row, int draw) =>
        new(Picks + (((row * Tilt.Draws) + draw) * PicksPerDraw), PicksPerDraw);
}

internal static unsafe partial class TokenTiltOp
{
    /// <summary>Sums the segments of a shard of rows first to end - 1.</summary>
    public static void SumShard(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        int firstSegment = TokenSegments.CountFor(args.FirstToken);
        int count = TokenSegments.CountFor(args.Columns);
        for (long row = first; row < end; row++)
        {
            TokenParameters parameters = TokenParameters.Of(in args, row);
            RowStatus status = parameters.Status;
            bool hasLogits = true;
            if (status == RowStatus.Ok)
            {
                status = SumShardRow(in args, row, in parameters, scratch, out hasLogits);
            }

            byte* state = shard.States + (row * TokenShardArgs.StateBytes(count));
            *(TokenShardHeader*)state = new TokenShardHeader
            {
                Magic = TokenShardHeader.CurrentMagic,
                Vocabulary = args.Vocabulary,
                FirstSegment = firstSegment,
                SegmentCount = count,
                Temperature = args.Temperature[row],
                Lambda = args.HasRewards ? args.Lambda.Values[row] : 0f,
                Flags = (args.HasRewards ? TokenShardFlags.HasRewards : TokenShardFlags.None)
                    | (hasLogits ? TokenShardFlags.HasLogits : TokenShardFlags.None),
                Status = (uint)status,
            };
            Save(scratch.Segments, firstSegment, count, status, (TokenShardSegment*)(state + sizeof(TokenShardHeader)));
        }
    }

    /// <summary>Draws from the part of whole rows that a shard has.</summary>
    public static void DrawShard(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        for (long row = first; row < end; row++)
        {
            RowStatus status = LoadState(in shard, row, scratch, out TokenParameters parameters, out TokenRowSums sums);
            if (status != RowStatus.Ok || !AimSimd(in args, row, in parameters, scratch, out _))
            {
                new Span<TokenPick>(shard.Picks + (row * args.Draws * shard.PicksPerDraw), args.Draws * shard.PicksPerDraw)
                    .Fill(TokenPick.None);
                continue;
            }

            var found = new VectorRowDraws(in args, row, in parameters, in sums, scratch);
            found.Prepare();
            for (int draw = 0; draw < args.Draws; draw++)
            {
                Span<TokenPick> picks = shard.PicksOf(row, draw);
                picks.Fill(TokenPick.None);
                found.DrawShard(draw, picks);
            }
        }
    }

    /// <summary>Writes the results of whole rows from their states and the best picks of all shards.</summary>
    public static void FinishShards(in TokenShardArgs shard, long first, long end, RowScratch scratch)
    {
        ref readonly TokenTiltArgs args = ref shard.Tilt;
        for (long row = first; row < end; row++)
        {
            RowStatus status = LoadState(in shard, row, scratch, out TokenParameters parameters, out TokenRowSums sums);
            if (status != RowStatus.Ok)
            {
                WriteNoResult(in args, row, status);
                continue;
            }

            WriteRow(in args, row, in parameters, in sums, parameters.LeastLogit);
            for (int draw = 0; draw < args.Draws && args.WantsDraws; draw++)
            {
                WritePick(in args, row, draw, shard.PicksOf(row, draw), in parameters, in sums);
            }
        }
    }

    /// <summary>The worse of two shards' statuses: the one that a whole row would have.</summary>
    public static RowStatus Worse(RowStatus a, RowStatus b)
    {
        ReadOnlySpan<RowStatus> order =
        [
            RowStatus.LogitNaN, RowStatus.LogitPositiveInfinity, RowStatus.SparseRewardsInvalid, RowStatus.RewardNaN,
            RowStatus.RewardPositiveInfinity,
        ];
        int placeA = a == RowStatus.Ok ? order.Length : order.IndexOf(a);
        int placeB = b == RowStatus.Ok ? order.Length : order.IndexOf(b);
        return placeA <= placeB ? a : b;
    }

    private static RowStatus SumShardRow(
        in TokenTiltArgs args, long row, in TokenParameters parameters, RowScratch scratch, out bool hasLogits)
    {
        hasLogits = true;
        bool isPlain = AimSimd(in args, row, in parameters, scratch, out _);
        if (isPlain && SumSegmentsSimd(in args, in parameters, scratch))
        {
            int segment = TokenSegments.CountFor(args.FirstToken);
            int count = TokenSegments.CountFor(args.Columns);
            hasLogits = new ReadOnlySpan<float>(scratch.Segments.Logit + segment, count)
                .ContainsAnyExcept(float.NegativeInfinity);
            return RowStatus.Ok;
        }

        scratch.Reserve(args.Columns);
        RowStatus status = LoadReference(in args, row, in parameters, scratch, out _);
        hasLogits = status != RowStatus.AllExcluded;
        if (hasLogits)
        {
            return status;
        }

        // Nothing here is kept: others may have what is. A bad list of rewards is bad all the same.
        bool isListBad = args.SparseStarts != null
            && Scatter(in args, row, (float*)scratch.Words) != RowStatus.Ok;
        ClearSegments(in args, scratch);
        return isListBad ? RowStatus.SparseRewardsInvalid : RowStatus.Ok;
    }

    private static void ClearSegments(in TokenTiltArgs args, RowScratch scratch)
    {
        int end = TokenSegments.CountFor(args.FirstToken + args.Columns);
        for (int s = TokenSegments.CountFor(args.FirstToken); s < end; s++)
        {
            scratch.Segments.Clear(s);
        }
    }

    private static void Save(
        TokenSegments segments, int first, int count, RowStatus status, TokenShardSegment* destination)
    {
        for (int i = 0; i < count; i++)
        {
            int s = first + i;
            if (status != RowStatus.Ok)
            {
                segments.Clear(s);
            }

            destination[i] = new TokenShardSegment
            {
                Logit = segments.Logit[s],
                Reward = segments.Reward[s],
                Score = segments.Score[s],
                Sum = segments.Sum[s],
                BaseSum = segments.BaseSum[s],
                Deviation = segments.Deviation[s],
                Squares = segments.Squares[s],
                Count = segments.Count[s],
            };
        }
    }

    /// <summary>A whole row's segments and sums from its state.</summary>
    private static RowStatus LoadState(
        in TokenShardArgs shard, long row, RowScratch scratch, out TokenParameters parameters, out TokenRowSums sums)
    {
        int count = TokenSegments.CountFor(shard.Tilt.Vocabulary);
        byte* state = shard.States + (row * TokenShardArgs.StateBytes(count));
        TokenShardHeader header = Unsafe.ReadUnaligned<TokenShardHeader>(state);
        parameters = TokenParameters.Of(in shard.Tilt, row, header.Flags.HasFlag(TokenShardFlags.HasRewards));
        sums = default;
        var status = (RowStatus)header.Status;
        if (status != RowStatus.Ok)
        {
            bool isExcluded = status == RowStatus.SparseRewardsInvalid && !header.Flags.HasFlag(TokenShardFlags.HasLogits);
            return isExcluded ? RowStatus.AllExcluded : status;
        }

        TokenSegments segments = scratch.Segments;
        var source = (TokenShardSegment*)(state + sizeof(TokenShardHeader));
        for (int s = 0; s < count; s++)
        {
            TokenShardSegment segment = source[s];
            segments.Logit[s] = segment.Logit;
            segments.Reward[s] = segment.Reward;
            segments.Score[s] = segment.Score;
            segments.Sum[s] = segment.Sum;
            segments.BaseSum[s] = segment.BaseSum;
            segments.Deviation[s] = segment.Deviation;
            segments.Squares[s] = segment.Squares;
            segments.Count[s] = segment.Count;
            segments.AllIncluded[s] = 0;
        }

        return TokenRowSums.Merge(segments, count, in parameters, out sums);
    }

    private static void WritePick(
        in TokenTiltArgs args,
        long row,
        int draw,
        ReadOnlySpan<TokenPick> picks,
        in TokenParameters parameters,
        in TokenRowSums sums)
    {
        long at = (row * args.Draws) + draw;
        TokenPick pick = Chosen(in args, row, draw, picks, in parameters);
        if (pick.Token < 0)
        {
            WriteNoDraw(in args, at);
            return;
        }

        Put(args.Token, at, pick.Token);
        Put(args.LogProbability, at, LogProbability(pick.X, sums.Sum));
        Put(args.BaseLogProbability, at, LogProbability(pick.BaseX, sums.BaseSum));
    }

    /// <summary>A draw's pick: the only one, or of proposals the one that rewards and noise choose.</summary>
    private static TokenPick Chosen(
        in TokenTiltArgs args, long row, int draw, ReadOnlySpan<TokenPick> picks, in TokenParameters parameters)
    {
        if (parameters.Mode != TokenTiltMode.SoftBestOfN)
        {
            return picks[0];
        }

        float* rewards = stackalloc float[MostProposals];
        for (int j = 0; j < args.Proposals; j++)
        {
            rewards[j] = picks[j].Reward;
        }

        int best = ChooseProposal(
            rewards, args.Proposals, in parameters, args.KeyOf(NoiseKey.ProposalChoicePurpose, row, draw));
        return best < 0 ? TokenPick.None : picks[best];
    }
}

using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Draws tokens from rows whose segments were merged: one team a draw.</summary>
internal static class TokenDrawsKernel<TWarp, TTeam>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
{
    /// <summary>The kernel.</summary>
    public static void Run(TokenKernelArgs args)
    {
        TokenTeam<TWarp, TTeam> team = TokenTeam<TWarp, TTeam>.Of(in args.Shared);
        for (int draw = Grid.IdxY; draw < args.DrawCount; draw += Grid.DimY)
        {
            long step = TokenTeam<TWarp, TTeam>.RowStep;
            for (long first = TokenTeam<TWarp, TTeam>.FirstRow; first < args.Count; first += step)
            {
                long number = TokenTeam<TWarp, TTeam>.RowOf(first);
                bool exists = number < args.Count;
                RunDraw(in args, in team, exists ? number : 0, draw, exists);
            }
        }
    }

    private static void RunDraw(
        in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, long number, int draw, bool exists)
    {
        KernelTokenRow row = KernelTokenRow.Of(in args, number);
        TokenRowState sums = args.RowStates[number];
        int token = Draw(in args, in team, in row, in sums, draw);
        if (exists && team.Place.Writes)
        {
            Write(in args, in row, in sums, (number * args.Draws) + args.FirstDraw + draw, token);
        }
    }

    /// <summary>A row's token: found at once, or the best of proposals, which are made twice where rewards decide.</summary>
    private static int Draw(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        in TokenRowState sums,
        int draw)
    {
        bool proposes = row.Parameters.Mode == TokenTiltMode.SoftBestOfN;
        int passes = proposes ? (args.HasRewards ? 2 : 1) * args.Proposals : 1;
        int turns = sums.Status == (int)RowStatus.Ok ? passes : 0;
        int firstChoice = passes - args.Proposals;
        int number = args.FirstDraw + draw;
        float largest = args.HasRewards ? float.NegativeInfinity : 0f;
        TokenBest best = TokenBest.None;
        int token = -1;
        NoiseKey choice = args.KeyOf(NoiseKey.ProposalChoicePurpose, row.Number, number);
        for (int turn = 0; turn < args.Turns; turn++)
        {
            bool isOn = turn < turns;
            int proposal = turn >= args.Proposals ? turn - args.Proposals : turn;
            int noise = proposes ? (number * args.Proposals) + proposal : number;
            int found = Find(in args, in team, in row, in sums, noise, isOn);
            bool isFound = isOn && found >= 0;
            float reward = isFound && proposes ? row.Reward(in args, found) : float.NegativeInfinity;
            if (!proposes)
            {
                token = isFound ? found : token;
            }
            else if (turn < firstChoice)
            {
                largest = reward > largest ? reward : largest;
            }
            else if (isFound && largest > float.NegativeInfinity)
            {
                float gumbel = Noise.Gumbel(Philox4x32.Word(in choice, (uint)proposal));
                float key = TokenTiltOp.TokenKey(row.Parameters.Tilt.Term(reward, largest), 0f, gumbel);
                token = key > best.Key ? found : token;
                best.Key = key > best.Key ? key : best.Key;
            }
        }

        return token;
    }

    /// <summary>A token by a segment's and its own noise, greedily, or by races that were run.</summary>
    private static int Find(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        in TokenRowState sums,
        int number,
        bool isOn)
    {
        TokenBest segment = FindSegment(in args, in team, in row, in sums, number, isOn);
        bool isFound = isOn && segment.Number >= 0;
        int found = isFound ? segment.Number : 0;
        bool isRace = IsRace(in args, in row);
        TokenBest best = FindToken(in args, in team, in row, found, number, isFound && !isRace);
        int token = best.Number;
        if (isFound && isRace)
        {
            token = args.RaceTokens[RaceOf(in args, in row, number) + found];
        }

        return token;
    }

    private static bool IsRace(in TokenKernelArgs args, in KernelTokenRow row) =>
        args.IsPerToken != 0 && row.Parameters.Mode == TokenTiltMode.Tilt;

    private static long RaceOf(in TokenKernelArgs args, in KernelTokenRow row, int number) =>
        ((row.Number * args.DrawCount) + (number - args.FirstDraw)) * args.Segments;

    private static TokenBest FindSegment(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        in TokenRowState sums,
        int number,
        bool isOn)
    {
        bool proposes = row.Parameters.Mode == TokenTiltMode.SoftBestOfN;
        NoiseKey key = args.KeyOf(
            proposes ? NoiseKey.ProposalSegmentPurpose : NoiseKey.SegmentPurpose, row.Number, number);
        TokenBest best = TokenBest.None;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(0, args.Segments, turn);
            for (int i = range.First; isOn && i < range.End; i += CanonicalSum.Lanes)
            {
                for (int s = i; s < range.End && s < i + CanonicalSum.GroupSize; s++)
                {
                    TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
                    float offset = proposes ? segment.BaseOffset : segment.Offset;
                    if (offset > float.NegativeInfinity)
                    {
                        best.Add(SegmentKey(in args, in row, in segment, in sums, in key, number, s), s);
                    }
                }
            }
        }

        return team.Best(best);
    }

    private static float SegmentKey(
        in TokenKernelArgs args,
        in KernelTokenRow row,
        in TokenSegmentState segment,
        in TokenRowState sums,
        in NoiseKey key,
        int number,
        int s)
    {
        if (row.Parameters.Mode == TokenTiltMode.Greedy)
        {
            return segment.Offset;
        }

        if (IsRace(in args, in row))
        {
            return TokenTiltOp.RowKey(
                args.RaceKeys[RaceOf(in args, in row, number) + s], segment.Offset, sums.MaxScore);
        }

        bool proposes = row.Parameters.Mode == TokenTiltMode.SoftBestOfN;
        return TokenTiltOp.SegmentKey(
            proposes ? segment.BaseOffset : segment.Offset,
            proposes ? 0f : sums.MaxScore,
            proposes ? segment.BaseSum : segment.Sum,
            Noise.Gumbel(Philox4x32.Word(in key, (uint)s)));
    }

    private static TokenBest FindToken(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow wholeRow,
        int s,
        int number,
        bool isOn)
    {
        KernelTokenRow row = wholeRow;
        int start = s * CanonicalSum.SegmentLength;
        row.Narrow(in args, start, start + CanonicalSum.SegmentLength);
        TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
        bool proposes = row.Parameters.Mode == TokenTiltMode.SoftBestOfN;
        bool isGreedy = row.Parameters.Mode == TokenTiltMode.Greedy;
        NoiseKey key = args.KeyOf(
            proposes ? NoiseKey.ProposalTokenPurpose : NoiseKey.TokenPurpose, row.Number, number);
        TokenBest best = TokenBest.None;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(s, args.Columns, turn);
            for (int i = range.First; isOn && i < range.End; i += CanonicalSum.Lanes)
            {
                Quad score = proposes ? BaseTerms(in args, in row, i, in segment) : row.Scores(in args, i, in segment);
                if (isGreedy)
                {
                    best.Add(score.A, i);
                    best.Add(score.B, i + 1);
                    best.Add(score.C, i + 2);
                    best.Add(score.D, i + 3);
                }
                else
                {
                    TokenRaces.Add(
                        in score, proposes ? 0f : segment.Score, in key, i, Noise.GumbelMin, ref best);
                }
            }
        }

        return team.Best(best);
    }

    private static Quad BaseTerms(
        in TokenKernelArgs args, in KernelTokenRow row, int token, in TokenSegmentState segment)
    {
        Quad logit = row.Logits(in args, token);
        return new Quad(
            BaseTerm(in row, logit.A, in segment),
            BaseTerm(in row, logit.B, in segment),
            BaseTerm(in row, logit.C, in segment),
            BaseTerm(in row, logit.D, in segment));
    }

    private static float BaseTerm(in KernelTokenRow row, float logit, in TokenSegmentState segment) =>
        logit == float.NegativeInfinity ? logit : row.Parameters.Base.Term(logit, segment.Logit);

    private static void Write(
        in TokenKernelArgs args, in KernelTokenRow row, in TokenRowState sums, long at, int token)
    {
        bool isFound = token >= 0;
        int named = isFound ? token : 0;
        float none = args.NoResult;
        if (args.Wants(TokenOutputFlag.Token))
        {
            args.Token[at] = token;
        }

        if (args.Wants(TokenOutputFlag.Rank))
        {
            args.Rank[at] = isFound ? 0 : -1;
        }

        if (!isFound)
        {
            WriteNothing(in args, at, none);
            return;
        }

        int s = named / CanonicalSum.SegmentLength;
        TokenSegmentState segment = args.States[(row.Number * args.Segments) + s];
        float logit = row.Logit(in args, named);
        if (args.Wants(TokenOutputFlag.LogProbability))
        {
            float score = row.Score(logit, row.Reward(in args, named), in segment);
            float x = TokenTiltOp.XInPlay(score, segment.Score, segment.Offset, sums.MaxScore);
            args.LogProbability[at] = TokenTiltOp.LogProbability(x, sums.Sum);
        }

        if (args.Wants(TokenOutputFlag.BaseLogProbability))
        {
            float x = BaseTerm(in row, logit, in segment) + segment.BaseOffset;
            args.BaseLogProbability[at] = TokenTiltOp.LogProbability(x, sums.BaseSum);
        }

        if (args.Wants(TokenOutputFlag.ModelLogProbability))
        {
            bool isKnown = !float.IsNaN(sums.ModelSum);
            float value = TokenTiltOp.ModelLogProbabilityOf(
                TokenScale.For(1f),
                row.ModelLogit(in args, named),
                segment.ModelLogit,
                sums.ModelMax,
                isKnown ? sums.ModelSum : 1f);
            args.ModelLogProbability[at] = isKnown ? value : none;
        }
    }

    private static void WriteNothing(in TokenKernelArgs args, long at, float none)
    {
        if (args.Wants(TokenOutputFlag.LogProbability))
        {
            args.LogProbability[at] = none;
        }

        if (args.Wants(TokenOutputFlag.BaseLogProbability))
        {
            args.BaseLogProbability[at] = none;
        }

        if (args.Wants(TokenOutputFlag.ModelLogProbability))
        {
            args.ModelLogProbability[at] = none;
        }
    }
}

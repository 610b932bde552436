using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The token tilt's pass over logits and rewards: one team a segment, which depends on no other, so that a row is shared out
/// among as many groups as it has segments.
/// </summary>
/// <typeparam name="TWarp">How the team exchanges.</typeparam>
/// <typeparam name="TTeam">The team.</typeparam>
/// <typeparam name="TRewards">Whether there are rewards: a kernel without them needs fewer registers.</typeparam>
internal static class TokenSegmentsKernel<TWarp, TTeam, TRewards>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TRewards : struct, IFlag
{
    /// <summary>The groups of four tokens that a thread has of a segment in a turn.</summary>
    private const int Steps = CanonicalSum.SegmentLength / CanonicalSum.Lanes;

    /// <summary>The kernel.</summary>
    public static void Run(TokenKernelArgs args)
    {
        TokenTeam<TWarp, TTeam> team = TokenTeam<TWarp, TTeam>.Of(in args.Shared);
        for (int segment = Grid.IdxY; segment < args.Segments; segment += Grid.DimY)
        {
            long step = TokenTeam<TWarp, TTeam>.RowStep;
            long first = TokenTeam<TWarp, TTeam>.FirstRow;
            while (first < args.Count)
            {
                first = RunPlain(in args, in team, segment, first, step);
                long number = TokenTeam<TWarp, TTeam>.RowOf(first);
                if (first < args.Count)
                {
                    bool exists = number < args.Count;
                    RunAny(in args, in team, exists ? number : 0, segment, exists);
                }

                first += step;
            }
        }
    }

    /// <summary>The segment in rows for as long as it is plain. Returns the first row where it is not.</summary>
    private static long RunPlain(
        in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, int segment, long first, long step)
    {
        bool isPlain = !TTeam.IsAlone && args.MayBePlain(segment);
        while (isPlain && first < args.Count)
        {
            long number = TokenTeam<TWarp, TTeam>.RowOf(first);
            bool exists = number < args.Count;
            KernelTokenRow row = KernelTokenRow.Of(in args, exists ? number : 0);
            TokenSegmentState state = default;
            isPlain = TokenPlainSegments<TWarp, TTeam, TRewards>.TryMake(in args, in team, in row, segment, ref state);
            if (isPlain && exists && team.Place.Writes)
            {
                args.States[(number * args.Segments) + segment] = state;
            }

            first += isPlain ? step : 0;
        }

        return first;
    }

    private static void RunAny(
        in TokenKernelArgs args, in TokenTeam<TWarp, TTeam> team, long number, int segment, bool exists)
    {
        KernelTokenRow row = KernelTokenRow.Of(in args, number);
        int start = segment * CanonicalSum.SegmentLength;
        row.Narrow(in args, start, start + CanonicalSum.SegmentLength);
        TokenSegmentState state = default;
        Inspect(in args, in team, in row, segment, ref state);
        FindScore(in args, in team, in row, segment, ref state);
        if (args.MakesSums != 0)
        {
            MakeSums(in args, in team, in row, segment, ref state);
        }

        if (args.MakesStates != 0 && args.Wants(TokenOutputFlag.ModelLogProbability))
        {
            MakeModel(in args, in team, in row, segment, ref state);
        }

        bool writes = exists && team.Place.Writes;
        if (writes && args.MakesStates != 0)
        {
            args.States[(number * args.Segments) + segment] = state;
        }

        for (int draw = 0; args.MakesRaces != 0 && draw < args.DrawCount; draw++)
        {
            TokenBest best = team.Best(Race(in args, in team, in row, segment, in state, draw));
            long at = (((number * args.DrawCount) + draw) * args.Segments) + segment;
            if (writes)
            {
                args.RaceKeys[at] = best.Key;
                args.RaceTokens[at] = best.Number;
            }
        }
    }

    /// <summary>The largest logit and reward, and what is wrong with any.</summary>
    private static void Inspect(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        ref TokenSegmentState state)
    {
        state.Logit = float.NegativeInfinity;
        state.Reward = float.NegativeInfinity;
        state.ModelLogit = float.NegativeInfinity;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(segment, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Stored(in args, i);
                Quad reward = TRewards.Value ? row.StoredRewards(in args, i) : default;
                uint allowed = row.Allowed(in args, i);
                Look(in row, logit.A, reward.A, allowed & 1, ref state);
                Look(in row, logit.B, reward.B, allowed & 2, ref state);
                Look(in row, logit.C, reward.C, allowed & 4, ref state);
                Look(in row, logit.D, reward.D, allowed & 8, ref state);
            }
        }

        state.Logit = Team<TWarp, TTeam>.Max(state.Logit, in team.Place);
        state.Faults = (int)Team<TWarp, TTeam>.Fold<OrFold>((uint)state.Faults, in team.Place);
        if (args.Wants(TokenOutputFlag.ModelLogProbability))
        {
            state.ModelLogit = Team<TWarp, TTeam>.Max(state.ModelLogit, in team.Place);
        }

        if (TRewards.Value)
        {
            FindReward(in args, in team, in row, segment, ref state);
        }
    }

    private static void Look(
        in KernelTokenRow row, float logit, float reward, uint allowed, ref TokenSegmentState state)
    {
        int fault = KernelTokenRow.FaultOf(logit);
        state.Faults |= allowed != 0 ? fault : 0;
        state.Faults |= fault != 0 ? KernelTokenRow.ModelIsInvalid : 0;
        float model = KernelTokenRow.Counted(logit);
        state.ModelLogit = model > state.ModelLogit ? model : state.ModelLogit;
        float kept = row.Kept(logit, allowed);
        if (kept > float.NegativeInfinity)
        {
            state.Logit = kept > state.Logit ? kept : state.Logit;
            fault = KernelTokenRow.FaultOf(reward);
            state.Faults |= fault * (KernelTokenRow.RewardIsNaN / KernelTokenRow.LogitIsNaN);
            float directed = row.Directed(reward);
            state.Reward = fault == 0 && directed > state.Reward ? directed : state.Reward;
        }
    }

    /// <summary>The largest reward of tokens in play: at temperature 0 those with the largest logit alone.</summary>
    private static void FindReward(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        ref TokenSegmentState state)
    {
        bool isHard = row.Parameters.Base.Mode == TiltMode.Hard && state.Logit > float.NegativeInfinity;
        float largest = isHard ? float.NegativeInfinity : state.Reward;
        for (int turn = 0; isHard && turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(segment, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Logits(in args, i);
                Quad reward = TRewards.Value ? row.Rewards(in args, i) : default;
                largest = logit.A == state.Logit && reward.A > largest ? reward.A : largest;
                largest = logit.B == state.Logit && reward.B > largest ? reward.B : largest;
                largest = logit.C == state.Logit && reward.C > largest ? reward.C : largest;
                largest = logit.D == state.Logit && reward.D > largest ? reward.D : largest;
            }
        }

        state.Reward = Team<TWarp, TTeam>.Max(largest, in team.Place);
    }

    /// <summary>The largest score: without rewards that of the largest logit, 0.</summary>
    private static void FindScore(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        ref TokenSegmentState state)
    {
        state.Score = state.Logit > float.NegativeInfinity ? 0f : float.NegativeInfinity;
        if (!TRewards.Value)
        {
            return;
        }

        float largest = float.NegativeInfinity;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(segment, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad score = row.Scores(in args, i, in state);
                largest = score.A > largest ? score.A : largest;
                largest = score.B > largest ? score.B : largest;
                largest = score.C > largest ? score.C : largest;
                largest = score.D > largest ? score.D : largest;
            }
        }

        state.Score = Team<TWarp, TTeam>.Max(largest, in team.Place);
    }

    private static void MakeSums(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        ref TokenSegmentState state)
    {
        uint count = 0;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            Quad sums = default;
            Quad bases = default;
            Quad deviations = default;
            Quad squares = default;
            SegmentRange range = team.Range(segment, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Logits(in args, i);
                Quad reward = TRewards.Value ? row.Rewards(in args, i) : default;
                TokenSumTerms a = TokenSumTerms.Of(in args, in row, logit.A, reward.A, in state);
                TokenSumTerms b = TokenSumTerms.Of(in args, in row, logit.B, reward.B, in state);
                TokenSumTerms c = TokenSumTerms.Of(in args, in row, logit.C, reward.C, in state);
                TokenSumTerms d = TokenSumTerms.Of(in args, in row, logit.D, reward.D, in state);
                sums.Add(new Quad(a.Sum, b.Sum, c.Sum, d.Sum));
                bases.Add(new Quad(a.Base, b.Base, c.Base, d.Base));
                deviations.Add(new Quad(a.Deviation, b.Deviation, c.Deviation, d.Deviation));
                squares.Add(new Quad(a.Square, b.Square, c.Square, d.Square));
                count += (a.Count + b.Count) + (c.Count + d.Count);
            }

            state.Sum = team.Sum(in sums, TokenSumKind.Sum, turn);
            state.Squares = team.Sum(in squares, TokenSumKind.Square, turn);
            if (TRewards.Value)
            {
                state.BaseSum = team.Sum(in bases, TokenSumKind.Base, turn);
                state.Deviation = team.Sum(in deviations, TokenSumKind.Deviation, turn);
            }
        }

        // Without rewards a token's two weights are one.
        state.BaseSum = TRewards.Value ? state.BaseSum : state.Sum;
        state.Count = (int)Team<TWarp, TTeam>.Fold<AddFold>(count, in team.Place);
    }

    private static void MakeModel(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        ref TokenSegmentState state)
    {
        TokenScale scale = TokenScale.For(1f);
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            Quad sums = default;
            SegmentRange range = team.Range(segment, args.Columns, turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad logit = row.Stored(in args, i);
                sums.A += ModelTerm(in scale, logit.A, state.ModelLogit);
                sums.B += ModelTerm(in scale, logit.B, state.ModelLogit);
                sums.C += ModelTerm(in scale, logit.C, state.ModelLogit);
                sums.D += ModelTerm(in scale, logit.D, state.ModelLogit);
            }

            state.ModelSum = team.Sum(in sums, TokenSumKind.Model, turn);
        }
    }

    private static float ModelTerm(in TokenScale scale, float stored, float max)
    {
        float logit = KernelTokenRow.Counted(stored);
        return logit == float.NegativeInfinity ? 0f : Exponential.Exp2(scale.Term(logit, max));
    }

    /// <summary>The thread's best token by noise of its own; one that the team's best leaves behind may be left out.</summary>
    private static TokenBest Race(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        in TokenSegmentState state,
        int draw)
    {
        bool races = row.Parameters.Mode == TokenTiltMode.Tilt && state.Score > float.NegativeInfinity;
        NoiseKey key = args.KeyOf(NoiseKey.TokenPurpose, row.Number, args.FirstDraw + draw);
        TokenBest best = TokenBest.None;

        // The token with the largest score has a key of at least the smallest noise.
        float reached = Noise.GumbelMin;
        for (int turn = 0; turn < TokenTeam<TWarp, TTeam>.SegmentTurns; turn++)
        {
            SegmentRange range = team.Range(segment, args.Columns, turn);
            for (int step = 0; step < Steps; step++)
            {
                int i = range.First + (step * CanonicalSum.Lanes);
                if (races && i < range.End)
                {
                    Quad score = row.Scores(in args, i, in state);
                    TokenRaces.Add(in score, state.Score, in key, i, reached, ref best);
                }

                // What is reached grows with the logarithm of the number of tokens: told after 1, 2 and 4 steps.
                if ((step & (step + 1)) == 0 && step + 1 < Steps)
                {
                    float own = best.Key > reached ? best.Key : reached;
                    reached = Team<TWarp, TTeam>.Max(own, in team.Place);
                }
            }
        }

        return best;
    }
}

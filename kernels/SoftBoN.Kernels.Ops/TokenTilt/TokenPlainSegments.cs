using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// What is known of a whole segment whose tokens are all in play: a warp has it in registers and looks at nothing twice. That
/// all of its values are finite is found out with the sums, so that nobody asks for each; a segment with others is not plain.
/// </summary>
internal static class TokenPlainSegments<TWarp, TTeam, TRewards>
    where TWarp : struct, IWarp
    where TTeam : struct, ITeam
    where TRewards : struct, IFlag
{
    /// <summary>Makes the state of a segment.</summary>
    /// <param name="args">The call.</param>
    /// <param name="team">The team.</param>
    /// <param name="row">The team's row.</param>
    /// <param name="segment">The segment's number.</param>
    /// <param name="state">Its state; of no use where the segment is not plain.</param>
    /// <returns>Whether it is plain for the whole team.</returns>
    public static bool TryMake(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        int segment,
        ref TokenSegmentState state)
    {
        bool isPlain = row.IsPlain(in args);
        int first = (segment * CanonicalSum.SegmentLength) + (team.Place.Lane * CanonicalSum.GroupSize);
        SegmentQuads logits = default;
        SegmentQuads rewards = default;
        if (isPlain)
        {
            logits = row.SegmentOfLogits(in args, first);
            rewards = TRewards.Value ? row.SegmentOfRewards(in args, first) : default;
        }

        state.Logit = Team<TWarp, TTeam>.Max(logits.Largest, in team.Place);
        state.ModelLogit = state.Logit;
        state.Count = CanonicalSum.SegmentLength;
        if (args.Wants(TokenOutputFlag.ModelLogProbability))
        {
            var term = new PlainTerm(TokenScale.For(1f), state.Logit);
            state.ModelSum = SumOfPowers(logits.Map(in term), in team);
        }

        var finite = default(FiniteCheck);
        if (TRewards.Value)
        {
            MakeTilted(in args, in team, in row, ref logits, ref rewards, ref finite, ref state);
        }
        else if (args.MakesSums != 0)
        {
            MakeBase(in args, in team, in row, ref logits, ref finite, ref state);
        }
        else
        {
            finite.Look(in logits);
        }

        return !TWarp.AnyNearby(!isPlain || !finite.IsPassed, in team.Place);
    }

    /// <summary>The segment's sum of powers of two.</summary>
    private static float SumOfPowers(in SegmentQuads exponents, in TokenTeam<TWarp, TTeam> team) =>
        Team<TWarp, TTeam>.SegmentSum(exponents.Map(default(PlainWeight)).Lanes, in team.Place);

    /// <summary>Without rewards the largest score is 0 and a token's score its base term.</summary>
    private static void MakeBase(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        ref SegmentQuads logits,
        ref FiniteCheck finite,
        ref TokenSegmentState state)
    {
        var term = new PlainTerm(in row.Parameters.Base, state.Logit);
        logits = logits.Map(in term);
        finite.Look(in logits);
        SegmentQuads weights = logits.Map(default(PlainWeight));
        state.Sum = Team<TWarp, TTeam>.SegmentSum(weights.Lanes, in team.Place);
        state.BaseSum = state.Sum;
        if (args.Wants(TokenOutputFlag.EffectiveSampleSize))
        {
            state.Squares = Team<TWarp, TTeam>.SegmentSum(weights.Map(default(PlainSquare)).Lanes, in team.Place);
        }
    }

    private static void MakeTilted(
        in TokenKernelArgs args,
        in TokenTeam<TWarp, TTeam> team,
        in KernelTokenRow row,
        ref SegmentQuads logits,
        ref SegmentQuads rewards,
        ref FiniteCheck finite,
        ref TokenSegmentState state)
    {
        state.Reward = Team<TWarp, TTeam>.Max(rewards.Largest, in team.Place);
        var baseTerm = new PlainTerm(in row.Parameters.Base, state.Logit);
        var rewardTerm = new PlainTerm(in row.Parameters.Tilt, state.Reward);
        logits = logits.Map(in baseTerm);
        rewards = rewards.Map(in rewardTerm);
        if (args.MakesSums != 0 && args.WantsBase)
        {
            state.BaseSum = SumOfPowers(in logits, in team);
        }

        // From here on the logits' terms are the scores: registers for both are more than there are.
        logits.Add(in rewards);
        finite.Look(in logits);
        state.Score = Team<TWarp, TTeam>.Max(logits.Largest, in team.Place);
        if (args.MakesSums == 0)
        {
            return;
        }

        PlainScores scores = default;
        scores.Largest = state.Score;
        if (!args.WantsDeviations && !args.Wants(TokenOutputFlag.EffectiveSampleSize))
        {
            scores.Add<Off>(in logits, in rewards);
            state.Sum = Team<TWarp, TTeam>.SegmentSum(in scores.Sums, in team.Place);
            return;
        }

        scores.Add<On>(in logits, in rewards);
        state.Sum = Team<TWarp, TTeam>.SegmentSum(in scores.Sums, in team.Place);
        state.Squares = Team<TWarp, TTeam>.SegmentSum(in scores.Squares, in team.Place);
        state.Deviation = Team<TWarp, TTeam>.SegmentSum(in scores.Deviations, in team.Place);
    }
}

/// <summary>The term of a finite value.</summary>
internal readonly struct PlainTerm(in TokenScale scale, float pivot) : IQuadFunction
{
    private readonly TokenScale scale = scale;
    private readonly float pivot = pivot;

    public float Of(float value) => scale.TiltedTerm(value, pivot);
}

internal readonly struct PlainWeight : IQuadFunction
{
    public float Of(float term) => Exponential.Exp2(term);
}

internal readonly struct PlainSquare : IQuadFunction
{
    public float Of(float weight) => SoftWeightsOp.SquareTerm(weight);
}

/// <summary>What is summed of a thread's scores.</summary>
internal struct PlainScores
{
    /// <summary>The largest of the team's.</summary>
    public float Largest;

    public Quad Sums;
    public Quad Squares;
    public Quad Deviations;

    /// <summary>Adds what all scores add to the sums.</summary>
    /// <typeparam name="TAll">Whether to those other than the sum of weights too.</typeparam>
    /// <param name="scores">The scores.</param>
    /// <param name="rewards">The reward terms.</param>
    public void Add<TAll>(in SegmentQuads scores, in SegmentQuads rewards)
        where TAll : struct, IFlag
    {
        Add<TAll>(in scores.A, in rewards.A);
        Add<TAll>(in scores.B, in rewards.B);
        Add<TAll>(in scores.C, in rewards.C);
        Add<TAll>(in scores.D, in rewards.D);
        Add<TAll>(in scores.E, in rewards.E);
        Add<TAll>(in scores.F, in rewards.F);
        Add<TAll>(in scores.G, in rewards.G);
        Add<TAll>(in scores.H, in rewards.H);
    }

    private void Add<TAll>(in Quad scores, in Quad rewards)
        where TAll : struct, IFlag
    {
        var weights = new Quad(
            WeightOf(scores.A),
            WeightOf(scores.B),
            WeightOf(scores.C),
            WeightOf(scores.D));
        Sums.Add(weights);
        if (TAll.Value)
        {
            Squares.Add(new Quad(
                SoftWeightsOp.SquareTerm(weights.A),
                SoftWeightsOp.SquareTerm(weights.B),
                SoftWeightsOp.SquareTerm(weights.C),
                SoftWeightsOp.SquareTerm(weights.D)));
            Deviations.Add(new Quad(
                TokenTiltOp.DeviationTerm(weights.A, rewards.A),
                TokenTiltOp.DeviationTerm(weights.B, rewards.B),
                TokenTiltOp.DeviationTerm(weights.C, rewards.C),
                TokenTiltOp.DeviationTerm(weights.D, rewards.D)));
        }
    }

    private readonly float WeightOf(float score) => Exponential.Exp2(score - Largest);
}

/// <summary>Whether all of many values are finite: a product with 0 is NaN where one is not, and stays so in a sum.</summary>
internal struct FiniteCheck
{
    private Quad zeros;

    public readonly bool IsPassed => !float.IsNaN(zeros.GroupSum);

    public void Look(in SegmentQuads values)
    {
        Look(in values.A);
        Look(in values.B);
        Look(in values.C);
        Look(in values.D);
        Look(in values.E);
        Look(in values.F);
        Look(in values.G);
        Look(in values.H);
    }

    private void Look(in Quad values) => zeros = new Quad(
        Arith.Fma(values.A, 0f, zeros.A),
        Arith.Fma(values.B, 0f, zeros.B),
        Arith.Fma(values.C, 0f, zeros.C),
        Arith.Fma(values.D, 0f, zeros.D));
}

using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Scores of a segment relative to its best one, made where they are needed and not stored.</summary>
internal interface ITokenRaceScores
{
    /// <summary>Whole vectors; what counts as 0 may still be there.</summary>
    Vector<float> At(int place);

    /// <summary>One score as it counts.</summary>
    float ScoreAt(int place);
}

/// <summary>Scores without rewards: the best one is 0.</summary>
internal readonly struct BaseRaceScores(in TokenTerms logits) : ITokenRaceScores
{
    private readonly TokenTerms logits = logits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> At(int place) => logits.At<Off>(place);

    public float ScoreAt(int place) => logits.At(place);
}

/// <summary>Scores with rewards.</summary>
internal readonly struct TiltedRaceScores(in TokenTerms logits, in TokenTerms rewards, float max) : ITokenRaceScores
{
    private readonly TokenTerms logits = logits;
    private readonly TokenTerms rewards = rewards;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> At(int place) =>
        (logits.At<Off>(place) + rewards.At<Off>(place)) - Vector.Create(max);

    public float ScoreAt(int place) => logits.At(place) + rewards.At(place);
}

/// <summary>
/// The best token of segments under noise of its own, without most of the noise: a token whose upper bound is below a key
/// that is reached cannot win, ties included.
/// </summary>
internal unsafe ref struct TokenRace
{
    /// <summary>What all roundings between a segment's keys and the row's can come to.</summary>
    public const float Slack = 1e-4f;

    private const int BlockLength = 256;

    /// <summary>The most blocks in a row that are not asked whether they can be left out.</summary>
    private const int LongestPause = 31;

    private int pause;
    private int left;

    /// <summary>The first token with the largest key, if that reaches a limit; -1 where it does not.</summary>
    /// <param name="tokens">The row, its segment loaded.</param>
    /// <param name="key">The row's noise.</param>
    /// <param name="max">The segment's largest score.</param>
    /// <param name="limit">What is of no use below; -infinity where all is.</param>
    /// <param name="bestKey">The key of the token.</param>
    public int Best(TokenVectorRow tokens, in NoiseKey key, float max, float limit, out float bestKey) =>
        tokens.HasRewards
            ? Best(
                new TiltedRaceScores(in tokens.LogitTerms, in tokens.RewardTerms, max),
                tokens,
                in key,
                max,
                limit,
                out bestKey)
            : Best(new BaseRaceScores(in tokens.LogitTerms), tokens, in key, max, limit, out bestKey);

    private int Best<TScores>(
        in TScores scores, TokenVectorRow tokens, in NoiseKey key, float max, float limit, out float bestKey)
        where TScores : struct, ITokenRaceScores
    {
        int best = -1;
        bestKey = float.NegativeInfinity;

        // The likeliest token has a key of at least the smallest noise.
        float reached = MathF.Max(limit, Noise.GumbelMin);
        for (int start = 0; start < tokens.Padded; start += BlockLength)
        {
            int length = Math.Min(BlockLength, tokens.Padded - start);
            if (CannotWin(in scores, start, length, reached))
            {
                continue;
            }

            var words = (uint*)tokens.Noise;
            tokens.MakeWords(in key, (uint)(tokens.Start + start), words, length);
            int place = BestOfBlock(in scores, words, start, length, max, ref bestKey, ref reached);
            best = place < 0 ? best : tokens.Start + place;
        }

        return best;
    }

    /// <summary>
    /// Whether even the largest noise leaves a block behind. Where looking was in vain it pauses, longer each time.
    /// </summary>
    private bool CannotWin<TScores>(in TScores scores, int start, int length, float reached)
        where TScores : struct, ITokenRaceScores
    {
        if (left > 0)
        {
            left--;
            return false;
        }

        float largest = Arith.Mul(Largest(in scores, start, length), TokenScale.Ln2);
        bool cannotWin = largest + (Noise.GumbelMax + Slack) < reached;
        pause = cannotWin ? 0 : Math.Min((2 * pause) + 1, LongestPause);
        left = pause;
        return cannotWin;
    }

    [MethodImpl(HotLoop)]
    private static float Largest<TScores>(in TScores scores, int start, int length)
        where TScores : struct, ITokenRaceScores
    {
        TScores own = scores;
        Vector<float> max = Vector.Create(float.NegativeInfinity);
        for (int i = start; i < start + length; i += Vector<float>.Count)
        {
            max = Vector.MaxNative(max, own.At(i));
        }

        return LaneOps.MaxLane(max);
    }

    /// <summary>The place of a block's best token; -1 where none is better than what is reached.</summary>
    [MethodImpl(HotLoop)]
    private static int BestOfBlock<TScores>(
        in TScores scores, uint* words, int start, int length, float max, ref float bestKey, ref float reached)
        where TScores : struct, ITokenRaceScores
    {
        TScores own = scores;
        int best = -1;
        int width = Vector<float>.Count;
        Vector<float> limit = Vector.Create(reached);
        Vector<float> ln2 = Vector.Create(TokenScale.Ln2);
        for (int i = 0; i < length; i += 2 * width)
        {
            Vector<float> upper0 = Vector.FusedMultiplyAdd(
                own.At(start + i), ln2, GumbelBound.Upper(Vector.Load(words + i)));
            Vector<float> upper1 = Vector.FusedMultiplyAdd(
                own.At(start + i + width), ln2, GumbelBound.Upper(Vector.Load(words + i + width)));
            Vector<int> can0 = Vector.GreaterThanOrEqual(upper0, limit);
            Vector<int> can1 = Vector.GreaterThanOrEqual(upper1, limit);
            if (Vector.EqualsAll(can0 | can1, Vector<int>.Zero))
            {
                continue;
            }

            ulong mask = LaneOps.TopBits(can0) | (LaneOps.TopBits(can1) << width);
            for (; mask != 0; mask &= mask - 1)
            {
                int place = i + BitOperations.TrailingZeroCount(mask);
                float key = TokenTiltOp.TokenKey(own.ScoreAt(start + place), max, Noise.Gumbel(words[place]));
                if (key > bestKey)
                {
                    (best, bestKey) = (start + place, key);
                    reached = key > reached ? key : reached;
                }
            }

            limit = Vector.Create(reached);
        }

        return best;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// The best token of a segment under noise of its own, without most of the noise: a token whose upper bound is below a
/// key that is reached cannot win, ties included.
/// </summary>
internal static unsafe class TokenRace
{
    /// <summary>What all roundings between a segment's keys and the row's can come to.</summary>
    public const float Slack = 1e-4f;

    private const int BlockLength = 256;

    /// <summary>The first token with the largest key, if that reaches a limit; -1 where it does not.</summary>
    /// <param name="tokens">The row, its segment's scores made.</param>
    /// <param name="key">The row's noise.</param>
    /// <param name="max">The segment's largest score.</param>
    /// <param name="limit">What is of no use below; -infinity where all is.</param>
    /// <param name="bestKey">The key of the token.</param>
    public static int Best(TokenVectorRow tokens, in NoiseKey key, float max, float limit, out float bestKey)
    {
        int best = -1;
        bestKey = float.NegativeInfinity;

        // The likeliest token has a key of at least the smallest noise.
        float reached = MathF.Max(limit, Noise.GumbelMin);
        for (int start = 0; start < tokens.Padded; start += BlockLength)
        {
            int length = Math.Min(BlockLength, tokens.Padded - start);
            float largest = Arith.Mul(Largest(tokens.Scores + start, length) - max, TokenScale.Ln2);
            if (largest + (Noise.GumbelMax + Slack) < reached)
            {
                continue;
            }

            var words = (uint*)tokens.Noise;
            tokens.MakeWords(in key, (uint)(tokens.Start + start), words, length);
            float* scores = tokens.Scores + start;
            BestOfBlock(scores, words, length, max, tokens.Start + start, ref best, ref bestKey, ref reached);
        }

        return best;
    }

    [MethodImpl(HotLoop)]
    private static float Largest(float* scores, int length)
    {
        Vector<float> max = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < length; i += Vector<float>.Count)
        {
            max = Vector.MaxNative(max, Vector.Load(scores + i));
        }

        return LaneOps.MaxLane(max);
    }

    [MethodImpl(HotLoop)]
    private static void BestOfBlock(
        float* scores,
        uint* words,
        int length,
        float max,
        int firstToken,
        ref int best,
        ref float bestKey,
        ref float reached)
    {
        int width = Vector<float>.Count;
        Vector<float> limit = Vector.Create(reached);
        Vector<float> top = Vector.Create(max);
        Vector<float> ln2 = Vector.Create(TokenScale.Ln2);
        for (int i = 0; i < length; i += 2 * width)
        {
            Vector<float> upper0 = Vector.FusedMultiplyAdd(
                Vector.Load(scores + i) - top, ln2, GumbelBound.Upper(Vector.Load(words + i)));
            Vector<float> upper1 = Vector.FusedMultiplyAdd(
                Vector.Load(scores + i + width) - top, ln2, GumbelBound.Upper(Vector.Load(words + i + width)));
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
                float key = TokenTiltOp.TokenKey(scores[place], max, Noise.Gumbel(words[place]));
                if (key > bestKey)
                {
                    (best, bestKey) = (firstToken + place, key);
                    reached = key > reached ? key : reached;
                }
            }

            limit = Vector.Create(reached);
        }
    }
}

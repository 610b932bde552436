using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Races of tokens by noise of their own.</summary>
internal static class TokenRaces
{
    /// <summary>
    /// Considers four tokens, whose random words are one block's. Words are left out where not even the largest noise lets one
    /// of the four reach what another token reaches, and a token's logarithms where a bound on its own noise says so.
    /// </summary>
    /// <param name="score">Their scores; -infinity where not in play.</param>
    /// <param name="largest">The score that keys are relative to.</param>
    /// <param name="key">The noise.</param>
    /// <param name="token">The first of the four.</param>
    /// <param name="reached">A key that the best token does not fall short of.</param>
    /// <param name="best">The thread's best so far.</param>
    public static void Add(
        in Quad score, float largest, in NoiseKey key, int token, float reached, ref TokenBest best)
    {
        float limit = best.Key > reached ? best.Key : reached;
        if (TokenTiltOp.TokenKey(LargestOf(in score), largest, Noise.GumbelMax) < limit)
        {
            return;
        }

        (uint a, uint b, uint c, uint d) = Philox4x32.Block(
            (uint)token >> 2, key.Draw, key.PositionLow, key.PositionHigh, key.SeedLow, key.SeedHigh);
        Add(score.A, largest, a, token, reached, ref best);
        Add(score.B, largest, b, token + 1, reached, ref best);
        Add(score.C, largest, c, token + 2, reached, ref best);
        Add(score.D, largest, d, token + 3, reached, ref best);
    }

    private static float LargestOf(in Quad score)
    {
        float left = score.A > score.B ? score.A : score.B;
        float right = score.C > score.D ? score.C : score.D;
        return left > right ? left : right;
    }

    private static void Add(float score, float largest, uint word, int token, float reached, ref TokenBest best)
    {
        float bound = TokenTiltOp.TokenKey(score, largest, GumbelBound.Upper(word));
        float limit = best.Key > reached ? best.Key : reached;
        if (score > float.NegativeInfinity && bound >= limit)
        {
            best.Add(TokenTiltOp.TokenKey(score, largest, Noise.Gumbel(word)), token);
        }
    }
}

using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Races of tokens by noise of their own.</summary>
internal static class TokenRaces
{
    /// <summary>
    /// Considers four tokens, whose random words are one block's. The logarithms are left out where a bound on the noise says
    /// that a token cannot be better.
    /// </summary>
    /// <param name="score">Their scores; -infinity where not in play.</param>
    /// <param name="largest">The score that keys are relative to.</param>
    /// <param name="key">The noise.</param>
    /// <param name="token">The first of the four.</param>
    /// <param name="best">The best so far.</param>
    public static void Add(in Quad score, float largest, in NoiseKey key, int token, ref TokenBest best)
    {
        (uint a, uint b, uint c, uint d) = Philox4x32.Block(
            (uint)token >> 2, key.Draw, key.PositionLow, key.PositionHigh, key.SeedLow, key.SeedHigh);
        Add(score.A, largest, a, token, ref best);
        Add(score.B, largest, b, token + 1, ref best);
        Add(score.C, largest, c, token + 2, ref best);
        Add(score.D, largest, d, token + 3, ref best);
    }

    private static void Add(float score, float largest, uint word, int token, ref TokenBest best)
    {
        float bound = TokenTiltOp.TokenKey(score, largest, GumbelBound.Upper(word));
        if (score > float.NegativeInfinity && bound >= best.Key)
        {
            best.Add(TokenTiltOp.TokenKey(score, largest, Noise.Gumbel(word)), token);
        }
    }
}

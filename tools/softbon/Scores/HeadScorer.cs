using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Tokens;

namespace SoftBoN.Tool.Scores;

/// <summary>A reward model's head, which makes a reward of each row of hidden values. Any threads at a time.</summary>
/// <param name="engine">What computes.</param>
/// <param name="head">The heads' weights.</param>
/// <param name="bias">Their biases; none where empty.</param>
/// <param name="mixture">Their shares; none where there is one head.</param>
internal sealed class HeadScorer(SoftBonEngine engine, TokenFile head, float[] bias, float[] mixture)
{
    /// <summary>Hidden values of a piece: enough to keep all threads busy.</summary>
    public const int PieceValues = 1 << 24;

    public TokenFile Head => head;

    /// <summary>Hidden values a row.</summary>
    public int Dimension => head.Columns;

    /// <summary>What the head is, whatever its files are called.</summary>
    public string Mark
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (float[] values in (float[][])[head.ToFloats(), bias, mixture])
            {
                hash.AppendData(BitConverter.GetBytes(values.Length));
                hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <exception cref="FaultException">The head has values that are not finite.</exception>
    public void Score(TokenMatrix hidden, Span<float> rewards)
    {
        try
        {
            engine.ScoreRewards(
                hidden,
                new RewardHead { Weights = head[0, (int)head.Rows], Bias = bias },
                new RewardScoringOptions { Mixture = mixture },
                new RewardScoringOutputs { Reward = rewards });
        }
        catch (ArgumentException fault)
        {
            // What remains are values that are not finite, which the message names.
            throw new FaultException($"--head, --bias or --mixture: {fault.Message}", fault);
        }
    }
}

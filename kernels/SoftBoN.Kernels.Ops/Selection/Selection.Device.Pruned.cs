using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>The pick without most of the noise: the very same, since a candidate whose bound is not reached cannot win.</summary>
internal static partial class SelectionKernel<TWarp, TTeam, TFull>
{
    /// <summary>The thread's best candidate; none where another thread's is certainly better.</summary>
    private static Candidate PickPruned(
        in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, in NoiseKey key)
    {
        BoundedCandidates bounds = BoundedCandidates.None;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad x = XOf(in team, in sums, i);
                if (!BoundedCandidates.RulesOut(in x))
                {
                    ElementQuad words = Words(in key, i);
                    bounds.Add(x.A, words.A, i);
                    bounds.Add(x.B, words.B, i + 1);
                    bounds.Add(x.C, words.C, i + 2);
                    bounds.Add(x.D, words.D, i + 3);
                }
            }
        }

        float reached = Team<TWarp, TTeam>.Max(bounds.Reached, in team.Place);
        return bounds.Upper < reached || bounds.Index < 0 ? Candidate.None
            : bounds.Second < reached ? bounds.Best
            : PickOfReaching(in team, in sums, in key, reached);
    }

    /// <summary>The best of several candidates of a thread that can reach a key.</summary>
    private static Candidate PickOfReaching(
        in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, in NoiseKey key, float reached)
    {
        Candidate best = Candidate.None;
        for (int turn = 0; turn < team.Turns; turn += team.Place.Warps)
        {
            SegmentRange range = team.Range(turn);
            for (int i = range.First; i < range.End; i += CanonicalSum.Lanes)
            {
                Quad x = XOf(in team, in sums, i);
                ElementQuad words = Words(in key, i);
                for (int j = 0; j < CanonicalSum.GroupSize; j++)
                {
                    float own = j == 0 ? x.A : j == 1 ? x.B : j == 2 ? x.C : x.D;
                    uint word = j == 0 ? words.A : j == 1 ? words.B : j == 2 ? words.C : words.D;
                    if (own + GumbelBound.Upper(word) >= reached)
                    {
                        best.Add(own + Numerics.Noise.Gumbel(word), (uint)(i + j), i + j);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>x of four candidates; -infinity where one is not in play.</summary>
    private static Quad XOf(in TeamRow<TWarp, TTeam> team, in SoftWeightsSums sums, int element)
    {
        Quad reward = team.Directed(element, sums.IsNegative);
        return new Quad(
            XOf(in sums, reward.A), XOf(in sums, reward.B), XOf(in sums, reward.C), XOf(in sums, reward.D));
    }

    private static float XOf(in SoftWeightsSums sums, float directed) =>
        IsInPlay(in sums, directed) ? SelectionOp.X(in sums, directed, 0f) : float.NegativeInfinity;

    /// <summary>The random words of four consecutive candidates from a multiple of four.</summary>
    private static ElementQuad Words(in NoiseKey key, int element)
    {
        ElementQuad words = default;
        (words.A, words.B, words.C, words.D) = Philox4x32.Block(
            (uint)element >> 2, key.Draw, key.PositionLow, key.PositionHigh, key.SeedLow, key.SeedHigh);
        return words;
    }
}

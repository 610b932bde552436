using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>Noise.</content>
internal partial struct SelectionKernelArgs
{
    /// <summary>The key of a draw's noise. Distinct draws all use draw 0's.</summary>
    public readonly NoiseKey KeyOf(in KernelRow row, int draw)
    {
        ulong seed = AreSeedsPerRow != 0 && row.Exists ? Seeds[row.Number] : Seed;
        ulong position = ArePositionsPerRow != 0 && row.Exists ? Positions[row.Number] : Position;
        position = IsPositionRow != 0 ? Position + (ulong)row.Number : position;
        return NoiseKey.ForCandidate(seed, position, IsDistinct != 0 ? 0 : draw);
    }
}

/// <content>Candidates of teams.</content>
internal partial struct SplitSelectionArgs
{
    /// <summary>Keeps a team's best candidate of a draw.</summary>
    public readonly void Keep(int draw, in Candidate best)
    {
        ArrayView<uint> words = WordsOf(draw, Grid.IdxY);
        words[0] = Bits.Of(best.Key);
        words[1] = best.Element;
        words[2] = (uint)best.Index;
        words[3] = Bits.Of(best.Second);
    }

    /// <summary>A team's best candidate of a draw.</summary>
    public readonly Candidate Read(int draw, int part)
    {
        ArrayView<uint> words = WordsOf(draw, part);
        Candidate best = default;
        best.Key = Bits.ToFloat(words[0]);
        best.Element = words[1];
        best.Index = (int)words[2];
        best.Second = Bits.ToFloat(words[3]);
        return best;
    }

    private readonly ArrayView<uint> WordsOf(int draw, int part)
    {
        long team = ((((long)Grid.IdxX * Call.Draws) + draw) << Memory.PartBits) + part;
        return Candidates.SubView(team * CandidateWords, CandidateWords);
    }
}

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// All that a row's noise depends on besides the element: the key is the seed, the counter is
/// (element / 4, draw word, position low, position high), and an element's word is the one numbered element mod 4.
/// </summary>
/// <param name="Seed">The row's 64-bit seed.</param>
/// <param name="Position">The row's place in its seed's stream.</param>
/// <param name="Draw">The draw word: the purpose in bits 31-28, the draw's number in bits 27-0.</param>
internal readonly record struct NoiseKey(ulong Seed, ulong Position, uint Draw)
{
    /// <summary>The purpose of candidates' noise; other purposes never share a counter with it.</summary>
    public const uint CandidatePurpose = 0;

    /// <summary>Noise of the tokens of a vocabulary.</summary>
    public const uint TokenPurpose = 1;

    /// <summary>Noise of the segments of a vocabulary; the element is the segment's number.</summary>
    public const uint SegmentPurpose = 2;

    /// <summary>Noise by which a proposal picks its segment; the number is draw * proposals + proposal.</summary>
    public const uint ProposalSegmentPurpose = 3;

    /// <summary>Noise by which a proposal picks its token in the segment.</summary>
    public const uint ProposalTokenPurpose = 4;

    /// <summary>Noise of the choice among a draw's proposals; the element is the proposal's number.</summary>
    public const uint ProposalChoicePurpose = 5;

    /// <summary>Draws are numbered in 28 bits.</summary>
    public const int MaxDraws = (1 << 28) - 1;

    public uint SeedLow => (uint)Seed;

    public uint SeedHigh => (uint)(Seed >> 32);

    public uint PositionLow => (uint)Position;

    public uint PositionHigh => (uint)(Position >> 32);

    /// <summary>The key of a row's draw of a candidate.</summary>
    public static NoiseKey ForCandidate(ulong seed, ulong position, int draw) =>
        For(CandidatePurpose, seed, position, draw);

    /// <summary>The key of a row's noise for one of the purposes above.</summary>
    public static NoiseKey For(uint purpose, ulong seed, ulong position, int number) =>
        new(seed, position, (purpose << 28) | (uint)number);
}

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

    /// <summary>Draws are numbered in 28 bits.</summary>
    public const int MaxDraws = (1 << 28) - 1;

    public uint SeedLow => (uint)Seed;

    public uint SeedHigh => (uint)(Seed >> 32);

    public uint PositionLow => (uint)Position;

    public uint PositionHigh => (uint)(Position >> 32);

    /// <summary>The key of a row's draw of a candidate.</summary>
    public static NoiseKey ForCandidate(ulong seed, ulong position, int draw) =>
        new(seed, position, (CandidatePurpose << 28) | (uint)draw);
}

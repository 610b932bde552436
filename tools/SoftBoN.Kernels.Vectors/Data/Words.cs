using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>
/// The random words that inputs are made of: word i of a stream is word i mod 4 of the Philox4x32-10 block with counter
/// (i / 4, 0xf0000000, stream low, stream high) and key seed. No noise of an operation shares a counter with them.
/// </summary>
internal static class Words
{
    private const uint Purpose = 0xf0000000;

    public static uint[] Make(ulong seed, ulong stream, int count)
    {
        var words = new uint[count];
        Fill(seed, stream, words);
        return words;
    }

    /// <summary>The words from word 4 <paramref name="firstBlock"/> of a stream on.</summary>
    public static void Fill(ulong seed, ulong stream, Span<uint> words, uint firstBlock = 0)
    {
        Span<uint> block = stackalloc uint[4];
        for (int i = 0; i < words.Length; i += 4)
        {
            (block[0], block[1], block[2], block[3]) = Philox4x32.Block(
                firstBlock + ((uint)i >> 2),
                Purpose,
                (uint)stream,
                (uint)(stream >> 32),
                (uint)seed,
                (uint)(seed >> 32));
            Span<uint> rest = words[i..];
            block[..Math.Min(4, rest.Length)].CopyTo(rest);
        }
    }
}

namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>Reads a stream of random words one after the other.</summary>
internal sealed class WordReader(ulong seed, ulong stream)
{
    private const int PageLength = 1024;

    private readonly uint[] page = new uint[PageLength];
    private uint nextBlock;
    private int next = PageLength;

    public uint Next()
    {
        if (next == PageLength)
        {
            Words.Fill(seed, stream, page, nextBlock);
            nextBlock += PageLength / 4;
            next = 0;
        }

        return page[next++];
    }

    public ulong Next64() => Next() | ((ulong)Next() << 32);

    /// <summary>0 to limit - 1, by the high half of a product.</summary>
    public int Below(int limit) => (int)(((ulong)Next() * (uint)limit) >> 32);

    /// <summary>True once in so many times.</summary>
    public bool Once(int inSoMany) => Below(inSoMany) == 0;
}

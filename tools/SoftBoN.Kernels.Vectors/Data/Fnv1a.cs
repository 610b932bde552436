namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>The 64-bit FNV-1a hash of 32-bit words, each taken as four bytes, lowest first.</summary>
internal struct Fnv1a
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    private ulong state;

    public Fnv1a() => state = OffsetBasis;

    public readonly ulong Value => state;

    public static ulong Of(ReadOnlySpan<uint> words)
    {
        var hash = new Fnv1a();
        hash.Add(words);
        return hash.Value;
    }

    public void Add(ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            Add(word);
        }
    }

    public void Add(uint word)
    {
        for (int shift = 0; shift < 32; shift += 8)
        {
            state = (state ^ ((word >> shift) & 0xff)) * Prime;
        }
    }

    public void Add(ulong word)
    {
        Add((uint)word);
        Add((uint)(word >> 32));
    }
}

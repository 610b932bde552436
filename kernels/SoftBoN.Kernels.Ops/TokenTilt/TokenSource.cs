using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Rows of values of tokens, side by side in each row; no values where there are none.</summary>
internal unsafe struct TokenSource
{
    public void* Values;
    public TokenElement Element;

    /// <summary>Elements from a row's start to the next row's.</summary>
    public long RowStride;

    public readonly TokenValues this[long row] =>
        new((byte*)Values + (row * RowStride * (Element == TokenElement.Float32 ? 4 : 2)), Element);
}

/// <summary>The values of a row's tokens.</summary>
internal readonly unsafe struct TokenValues(void* start, TokenElement element)
{
    public readonly void* Start = start;
    public readonly TokenElement Element = element;

    /// <summary>The same values as those of tokens from a first one on.</summary>
    public TokenValues From(int firstToken) =>
        new((byte*)Start - ((long)firstToken * (Element == TokenElement.Float32 ? 4 : 2)), Element);

    /// <summary>A token's value, exactly.</summary>
    public float this[int token]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Element switch
        {
            TokenElement.Float32 => ((float*)Start)[token],
            TokenElement.Half => NarrowFloats.FromHalf(((ushort*)Start)[token]),
            _ => NarrowFloats.FromBFloat16(((ushort*)Start)[token]),
        };
    }
}

/// <summary>A row's logits and which of its tokens are allowed.</summary>
/// <param name="logits">The logits.</param>
/// <param name="mask">One bit per token, 32 to a word, lowest first; set where allowed. Null allows all.</param>
/// <param name="length">The number of tokens.</param>
internal readonly unsafe struct TokenLogits(TokenValues logits, uint* mask, int length)
{
    public readonly TokenValues Values = logits;
    public readonly uint* Mask = mask;
    public readonly int Length = length;

    /// <summary>Whether a token's logit may be looked at.</summary>
    public bool IsAllowed(int token) => Mask == null || ((Mask[token >> 5] >> (token & 31)) & 1) != 0;

    /// <summary>A token's logit as it counts; -infinity where it is not allowed.</summary>
    public float this[int token] =>
        IsAllowed(token) ? Bits.ZeroBelowKeepNaN(Values[token], Bits.TinyProduct) : float.NegativeInfinity;

    /// <summary>The same row as a shard of a longer one.</summary>
    /// <param name="firstToken">The shard's first token, a multiple of 1024; 0 for a whole row.</param>
    public TokenLogits From(int firstToken) =>
        new(Values.From(firstToken), Mask == null ? null : Mask - (firstToken / 32), firstToken + Length);

    /// <summary>The same row as the model made it, nothing masked.</summary>
    public TokenLogits Unmasked => new(Values, null, Length);
}

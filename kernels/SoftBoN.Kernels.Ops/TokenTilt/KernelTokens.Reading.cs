using System.Runtime.InteropServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Four consecutive values of 16 bits, loaded and stored at once.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NarrowQuad
{
    public uint Low;
    public uint High;
}

/// <content>How kernels read and write values.</content>
internal partial struct KernelTokens
{
    private const uint HalfWord = 0xffff;

    public readonly bool IsWide => Element == (int)TokenElement.Float32;

    /// <summary>Whether a row that starts at a place can be loaded four values at a time.</summary>
    public readonly bool HasQuads(long start) => IsAligned != 0 && (start & 3) == 0;

    /// <summary>Four values that are all there, in a row that has quads.</summary>
    public readonly Quad WholeQuad(long start, int token)
    {
        if (IsWide)
        {
            return WideQuads.At(in this, (start + token) >> 2);
        }

        return Element == (int)TokenElement.Half
            ? HalfQuads.At(in this, (start + token) >> 2)
            : BFloat16Quads.At(in this, (start + token) >> 2);
    }

    /// <summary>A thread's values of a whole segment, in a row that has quads.</summary>
    /// <param name="start">The place of the row's first value.</param>
    /// <param name="first">The thread's first token of the segment.</param>
    public readonly SegmentQuads Segment(long start, int first)
    {
        if (IsWide)
        {
            return SegmentQuads.Of<WideQuads>(in this, start, first);
        }

        return Element == (int)TokenElement.Half
            ? SegmentQuads.Of<HalfQuads>(in this, start, first)
            : SegmentQuads.Of<BFloat16Quads>(in this, start, first);
    }

    /// <summary>Four values of a row; -infinity past its end.</summary>
    /// <param name="start">The place of the row's first value.</param>
    /// <param name="token">The first of the four.</param>
    /// <param name="length">The row's length.</param>
    public readonly Quad Load(long start, int token, int length) => Load(start, token, length, float.NegativeInfinity);

    /// <summary>Four values of a row, and something neutral past its end.</summary>
    /// <remarks>
    /// Of a row that starts between multiples of four elements, values lie in two aligned groups of four: both are loaded whole.
    /// </remarks>
    public readonly Quad Load(long start, int token, int length, float none)
    {
        long at = start + token;
        var shift = (int)(start & 3);
        bool isWhole = IsAligned != 0 && token + 3 < length;
        if (IsWide)
        {
            return isWhole && (shift == 0 || at + 8 - shift <= Wide.Length)
                ? WideAt(at >> 2, shift)
                : Quad.Load(Wide, start, token, length, isAligned: false, none);
        }

        if (isWhole && (shift == 0 || at + 8 - shift <= Narrow.Length))
        {
            return Widen(NarrowAt(at >> 2, shift));
        }

        return new Quad(
            token < length ? Widen(Narrow[at]) : none,
            token + 1 < length ? Widen(Narrow[at + 1]) : none,
            token + 2 < length ? Widen(Narrow[at + 2]) : none,
            token + 3 < length ? Widen(Narrow[at + 3]) : none);
    }

    /// <summary>One value of a row.</summary>
    public readonly float One(long start, int token) => IsWide ? Wide[start + token] : Widen(Narrow[start + token]);

    /// <summary>Writes four values of a row, and none past its end.</summary>
    public readonly void Store(long start, int token, int length, in Quad values)
    {
        bool isAligned = HasQuads(start);
        if (IsWide)
        {
            values.Store(Wide, start, token, length, isAligned);
            return;
        }

        uint low = Narrowed(values.A) | (Narrowed(values.B) << 16);
        uint high = Narrowed(values.C) | (Narrowed(values.D) << 16);
        long at = start + token;
        if (isAligned && token + 3 < length)
        {
            NarrowQuad quad = default;
            (quad.Low, quad.High) = (low, high);
            Narrow.Cast<NarrowQuad>()[at >> 2] = quad;
            return;
        }

        if (token < length)
        {
            Narrow[at] = (ushort)(low & HalfWord);
        }

        if (token + 1 < length)
        {
            Narrow[at + 1] = (ushort)(low >> 16);
        }

        if (token + 2 < length)
        {
            Narrow[at + 2] = (ushort)(high & HalfWord);
        }

        if (token + 3 < length)
        {
            Narrow[at + 3] = (ushort)(high >> 16);
        }
    }

    /// <summary>Four values that begin some places behind the start of an aligned group of four.</summary>
    private readonly Quad WideAt(long quad, int shift)
    {
        Quad low = Wide.Cast<Quad>()[quad];
        if (shift == 0)
        {
            return low;
        }

        Quad high = Wide.Cast<Quad>()[quad + 1];
        return new Quad(
            shift == 1 ? low.B : shift == 2 ? low.C : low.D,
            shift == 1 ? low.C : shift == 2 ? low.D : high.A,
            shift == 1 ? low.D : shift == 2 ? high.A : high.B,
            shift == 1 ? high.A : shift == 2 ? high.B : high.C);
    }

    /// <inheritdoc cref="WideAt"/>
    private readonly NarrowQuad NarrowAt(long quad, int shift)
    {
        NarrowQuad low = Narrow.Cast<NarrowQuad>()[quad];
        if (shift == 0)
        {
            return low;
        }

        NarrowQuad high = Narrow.Cast<NarrowQuad>()[quad + 1];
        bool isOdd = (shift & 1) != 0;
        uint first = shift >= 2 ? low.High : low.Low;
        uint second = shift >= 2 ? high.Low : low.High;
        uint third = shift >= 2 ? high.High : high.Low;
        NarrowQuad shifted = default;
        shifted.Low = isOdd ? (first >> 16) | (second << 16) : first;
        shifted.High = isOdd ? (second >> 16) | (third << 16) : second;
        return shifted;
    }

    private readonly Quad Widen(NarrowQuad quad) => new(
        Widen(quad.Low & HalfWord), Widen(quad.Low >> 16), Widen(quad.High & HalfWord), Widen(quad.High >> 16));

    private readonly float Widen(uint bits) =>
        Element == (int)TokenElement.Half ? NarrowFloats.FromHalf(bits) : NarrowFloats.FromBFloat16(bits);

    private readonly uint Narrowed(float value) =>
        Element == (int)TokenElement.Half ? NarrowFloats.ToHalf(value) : NarrowFloats.ToBFloat16(value);
}

/// <summary>Four values of one format, given how many fours are before them.</summary>
internal interface IKernelQuads
{
    static abstract Quad At(in KernelTokens tokens, long quad);
}

internal readonly struct WideQuads : IKernelQuads
{
    public static Quad At(in KernelTokens tokens, long quad) =>
        tokens.Wide.Cast<Quad>()[quad];
}

internal readonly struct HalfQuads : IKernelQuads
{
    private const uint Low = 0xffff;

    public static Quad At(in KernelTokens tokens, long quad)
    {
        NarrowQuad values = tokens.Narrow.Cast<NarrowQuad>()[quad];
        return new Quad(
            NarrowFloats.FromHalf(values.Low & Low),
            NarrowFloats.FromHalf(values.Low >> 16),
            NarrowFloats.FromHalf(values.High & Low),
            NarrowFloats.FromHalf(values.High >> 16));
    }
}

internal readonly struct BFloat16Quads : IKernelQuads
{
    private const uint High = 0xffff0000;

    public static Quad At(in KernelTokens tokens, long quad)
    {
        NarrowQuad values = tokens.Narrow.Cast<NarrowQuad>()[quad];
        return new Quad(
            Bits.ToFloat(values.Low << 16),
            Bits.ToFloat(values.Low & High),
            Bits.ToFloat(values.High << 16),
            Bits.ToFloat(values.High & High));
    }
}

using System.Runtime.InteropServices;
using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Four consecutive values of 16 bits, loaded and stored at once.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NarrowQuad
{
    public uint Low;
    public uint High;
}

/// <summary>Rows of values of tokens as kernels take them, converted in registers.</summary>
internal struct KernelTokens
{
    private const uint HalfWord = 0xffff;

    public ArrayView<float> Wide;
    public ArrayView<ushort> Narrow;
    public long RowStride;
    public int Rows;

    /// <summary>A <see cref="TokenElement"/>.</summary>
    public int Element;

    /// <summary>Whether the values themselves start at a multiple of four elements.</summary>
    public int IsAligned;

    private readonly bool IsWide => Element == (int)TokenElement.Float32;

    /// <summary>Four values of a row; -infinity past its end.</summary>
    /// <param name="start">The place of the row's first value.</param>
    /// <param name="token">The first of the four.</param>
    /// <param name="length">The row's length.</param>
    public readonly Quad Load(long start, int token, int length)
    {
        bool isAligned = IsAligned != 0 && (start & 3) == 0;
        if (IsWide)
        {
            return Quad.Load(Wide, start, token, length, isAligned, float.NegativeInfinity);
        }

        long at = start + token;
        if (isAligned && token + 3 < length)
        {
            NarrowQuad quad = Narrow.Cast<NarrowQuad>()[at >> 2];
            return new Quad(
                Widen(quad.Low & HalfWord), Widen(quad.Low >> 16), Widen(quad.High & HalfWord), Widen(quad.High >> 16));
        }

        float none = float.NegativeInfinity;
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
        bool isAligned = IsAligned != 0 && (start & 3) == 0;
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

    private readonly float Widen(uint bits) =>
        Element == (int)TokenElement.Half ? NarrowFloats.FromHalf(bits) : NarrowFloats.FromBFloat16(bits);

    private readonly uint Narrowed(float value) =>
        Element == (int)TokenElement.Half ? NarrowFloats.ToHalf(value) : NarrowFloats.ToBFloat16(value);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Values of tokens from memory of any format to whole vectors of floats.</summary>
internal static unsafe class TokenLoad
{
    /// <summary>Converts values, and fills up to whole folds with -infinity, which counts as nothing.</summary>
    /// <param name="values">The row.</param>
    /// <param name="start">The first token, a multiple of 1024.</param>
    /// <param name="length">How many.</param>
    /// <param name="destination">Room for whole folds.</param>
    [MethodImpl(HotLoop)]
    public static void Convert(TokenValues values, int start, int length, float* destination)
    {
        if (values.Element == TokenElement.Float32)
        {
            new ReadOnlySpan<float>((float*)values.Start + start, length).CopyTo(new Span<float>(destination, length));
        }
        else if (values.Element == TokenElement.Half)
        {
            Widen<On>((short*)values.Start + start, length, destination);
        }
        else
        {
            Widen<Off>((short*)values.Start + start, length, destination);
        }

        int padded = VectorRow.RoundUp(length);
        new Span<float>(destination + length, padded - length).Fill(float.NegativeInfinity);
    }

    /// <summary>Converts 16-bit values, and looks at them on the way as <see cref="LookAt"/> does.</summary>
    /// <inheritdoc cref="Convert"/>
    public static bool ConvertAndLook(
        TokenValues values, int start, int length, float* destination, out float max, out bool allIncluded)
    {
        var source = (short*)values.Start + start;
        if (length % (2 * Vector<short>.Count) != 0)
        {
            Convert(values, start, length, destination);
            return LookAt(destination, VectorRow.RoundUp(length), out max, out allIncluded);
        }

        bool isPlain = values.Element == TokenElement.Half
            ? WidenAndLook<On>(source, length, destination, out max, out allIncluded)
            : WidenAndLook<Off>(source, length, destination, out max, out allIncluded);
        int padded = VectorRow.RoundUp(length);
        new Span<float>(destination + length, padded - length).Fill(float.NegativeInfinity);
        allIncluded &= padded == length;
        return isPlain || IsUsable(destination, padded);
    }

    /// <summary>Replaces the logits of tokens that are not allowed by -infinity.</summary>
    /// <param name="logits">The logits; what follows them in their last vector may change.</param>
    /// <param name="mask">The word of the first of them.</param>
    /// <param name="length">How many.</param>
    [MethodImpl(HotLoop)]
    public static void Mask(float* logits, uint* mask, int length)
    {
        int width = Vector<float>.Count;
        uint* bits = stackalloc uint[width];
        for (int i = 0; i < width; i++)
        {
            bits[i] = 1u << i;
        }

        Vector<uint> lane = Vector.Load(bits);
        for (int i = 0; i < length; i += width)
        {
            Vector<uint> word = Vector.Create(mask[i >> 5] >> (i & 31)) & lane;
            Vector<int> off = Vector.Equals(word, Vector<uint>.Zero).As<uint, int>();
            Vector.ConditionalSelect(
                off, Vector.Create(float.NegativeInfinity), Vector.Load(logits + i)).Store(logits + i);
        }
    }

    /// <summary>Values below 2^-100 in magnitude count as +0.</summary>
    [MethodImpl(HotLoop)]
    public static void Flush(float* values, int padded, float* destination)
    {
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Bits.ZeroBelowKeepNaN(Vector.Load(values + i), Vector.Create(Bits.TinyProduct)).Store(destination + i);
        }
    }

    /// <summary>
    /// Copies a row as it counts, and looks at it on the way: not allowed tokens are -infinity, values below 2^-100 +0.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">Room for whole folds.</param>
    /// <param name="max">The largest logit.</param>
    /// <returns>As of <see cref="LookAt"/>.</returns>
    public static bool FlushAndLook(in TokenLogits row, float* destination, out float max)
    {
        int padded = VectorRow.RoundUp(row.Length);
        bool isInPlace = row.Values.Element == TokenElement.Float32 && row.Mask == null && row.Length == padded;
        if (!isInPlace)
        {
            Convert(row.Values, 0, row.Length, destination);
            if (row.Mask != null)
            {
                Mask(destination, row.Mask, row.Length);
            }
        }

        return FlushAndLook(isInPlace ? (float*)row.Values.Start : destination, padded, destination, out max)
            || IsUsable(destination, padded);
    }

    /// <summary>0 for each value at the level and -infinity for all others.</summary>
    /// <param name="values">The values.</param>
    /// <param name="padded">How many, whole vectors.</param>
    /// <param name="level">The level; NaN for all but -infinity.</param>
    /// <param name="destination">May be the values' own place.</param>
    [MethodImpl(HotLoop)]
    public static void Plateau(float* values, int padded, float level, float* destination)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(values + i);
            Vector<int> off = float.IsNaN(level) ? Vector.Equals(v, none) : ~Vector.Equals(v, Vector.Create(level));
            Vector.BitwiseAnd(none, off.As<int, float>()).Store(destination + i);
        }
    }

    /// <summary>-infinity where the logit is; the value elsewhere.</summary>
    [MethodImpl(HotLoop)]
    public static void ExcludeWith(float* logits, float* values, int padded, float* destination)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<int> off = Vector.Equals(Vector.Load(logits + i), none);
            Vector.ConditionalSelect(off, none, Vector.Load(values + i)).Store(destination + i);
        }
    }

    /// <summary>Changes signs; what is excluded stays excluded.</summary>
    [MethodImpl(HotLoop)]
    public static void Negate(float* values, int padded, float* destination)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(values + i);
            Vector.ConditionalSelect(Vector.Equals(v, none), none, -v).Store(destination + i);
        }
    }

    /// <summary>-infinity where a value is below the least; the value elsewhere.</summary>
    [MethodImpl(HotLoop)]
    public static void KeepFrom(float least, float* values, int padded)
    {
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> v = Vector.Load(values + i);
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(v, Vector.Create(least)), v, none).Store(values + i);
        }
    }

    /// <summary>The largest value and whether all can be used; -infinity, and usable, where all are.</summary>
    [MethodImpl(HotLoop)]
    public static bool LookAt(float* values, int padded, out float max, out bool allIncluded)
    {
        bool isPlain = VectorRow.LookAt(values, padded, out max, out allIncluded);
        return isPlain || IsUsable(values, padded);
    }

    /// <remarks>A sum is NaN if anything is, where vector maxima may lose a NaN.</remarks>
    [MethodImpl(HotLoop)]
    private static bool FlushAndLook(float* values, int padded, float* destination, out float max)
    {
        int width = Vector<float>.Count;
        Vector<float> tiny = Vector.Create(Bits.TinyProduct);
        Vector<float> max0 = Vector.Create(float.NegativeInfinity);
        Vector<float> max1 = max0;
        Vector<float> sum0 = Vector<float>.Zero;
        Vector<float> sum1 = sum0;
        for (int i = 0; i < padded; i += 2 * width)
        {
            Vector<float> v0 = Bits.ZeroBelowKeepNaN(Vector.Load(values + i), tiny);
            Vector<float> v1 = Bits.ZeroBelowKeepNaN(Vector.Load(values + i + width), tiny);
            v0.Store(destination + i);
            v1.Store(destination + i + width);
            max0 = Vector.MaxNative(max0, v0);
            max1 = Vector.MaxNative(max1, v1);
            sum0 += v0;
            sum1 += v1;
        }

        max = LaneOps.MaxLane(Vector.MaxNative(max0, max1));
        Vector<float> sum = sum0 + sum1;
        return max > float.NegativeInfinity && max <= float.MaxValue && Vector.EqualsAll(sum, sum);
    }

    private static bool IsUsable(float* values, int padded)
    {
        for (int i = 0; i < padded; i++)
        {
            if (!(values[i] <= float.MaxValue))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(HotLoop)]
    private static bool WidenAndLook<THalf>(
        short* values, int length, float* destination, out float max, out bool allIncluded)
        where THalf : IFlag
    {
        Vector<float> max0 = Vector.Create(float.NegativeInfinity);
        Vector<float> max1 = max0;
        Vector<float> max2 = max0;
        Vector<float> max3 = max0;
        Vector<float> sum0 = Vector<float>.Zero;
        Vector<float> sum1 = sum0;
        Vector<float> sum2 = sum0;
        Vector<float> sum3 = sum0;
        int width = Vector<float>.Count;
        for (int i = 0; i < length; i += 4 * width)
        {
            Vector.Widen(Vector.Load(values + i), out Vector<int> h0, out Vector<int> h1);
            Vector.Widen(Vector.Load(values + i + (2 * width)), out Vector<int> h2, out Vector<int> h3);
            Vector<float> v0 = THalf.Value ? NarrowFloats.FromHalf(h0) : NarrowFloats.FromBFloat16(h0);
            Vector<float> v1 = THalf.Value ? NarrowFloats.FromHalf(h1) : NarrowFloats.FromBFloat16(h1);
            Vector<float> v2 = THalf.Value ? NarrowFloats.FromHalf(h2) : NarrowFloats.FromBFloat16(h2);
            Vector<float> v3 = THalf.Value ? NarrowFloats.FromHalf(h3) : NarrowFloats.FromBFloat16(h3);
            v0.Store(destination + i);
            v1.Store(destination + i + width);
            v2.Store(destination + i + (2 * width));
            v3.Store(destination + i + (3 * width));
            max0 = Vector.MaxNative(max0, v0);
            max1 = Vector.MaxNative(max1, v1);
            max2 = Vector.MaxNative(max2, v2);
            max3 = Vector.MaxNative(max3, v3);
            sum0 += v0;
            sum1 += v1;
            sum2 += v2;
            sum3 += v3;
        }

        max = LaneOps.MaxLane(Vector.MaxNative(Vector.MaxNative(max0, max1), Vector.MaxNative(max2, max3)));
        Vector<float> sum = (sum0 + sum1) + (sum2 + sum3);
        allIncluded = Vector.GreaterThanAll(sum, Vector.Create(float.NegativeInfinity));
        return max > float.NegativeInfinity && max <= float.MaxValue && Vector.EqualsAll(sum, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen<THalf>(short* values, int length, float* destination)
        where THalf : IFlag
    {
        int width = Vector<short>.Count;
        int i = 0;
        for (; i <= length - width; i += width)
        {
            Vector.Widen(Vector.Load(values + i), out Vector<int> low, out Vector<int> high);
            (THalf.Value ? NarrowFloats.FromHalf(low) : NarrowFloats.FromBFloat16(low)).Store(destination + i);
            (THalf.Value ? NarrowFloats.FromHalf(high) : NarrowFloats.FromBFloat16(high)).Store(
                destination + i + (width / 2));
        }

        for (; i < length; i++)
        {
            var bits = (ushort)values[i];
            destination[i] = THalf.Value ? NarrowFloats.FromHalf(bits) : NarrowFloats.FromBFloat16(bits);
        }
    }
}

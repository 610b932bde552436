using System.Numerics;
using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Values of tokens from floats to memory of any format.</summary>
internal static unsafe class TokenStore
{
    /// <summary>One value, to the nearest.</summary>
    public static void Set(TokenValues values, int token, float value)
    {
        switch (values.Element)
        {
            case TokenElement.Float32:
                ((float*)values.Start)[token] = value;
                break;
            case TokenElement.Half:
                ((ushort*)values.Start)[token] = (ushort)NarrowFloats.ToHalf(value);
                break;
            default:
                ((ushort*)values.Start)[token] = (ushort)NarrowFloats.ToBFloat16(value);
                break;
        }
    }

    /// <summary>The same value for tokens start to start + length - 1.</summary>
    public static void Fill(TokenValues values, int start, int length, float value)
    {
        for (int v = start; v < start + length; v++)
        {
            Set(values, v, value);
        }
    }

    /// <summary>Converts floats, none of them NaN.</summary>
    /// <param name="source">The floats of tokens start to start + length - 1, from its own beginning on.</param>
    /// <param name="values">The row.</param>
    /// <param name="start">The first token.</param>
    /// <param name="length">How many.</param>
    [MethodImpl(HotLoop)]
    public static void Convert(float* source, TokenValues values, int start, int length)
    {
        if (values.Element == TokenElement.Float32)
        {
            new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>((float*)values.Start + start, length));
        }
        else if (values.Element == TokenElement.Half)
        {
            Narrow<On>(source, (ushort*)values.Start + start, length);
        }
        else
        {
            Narrow<Off>(source, (ushort*)values.Start + start, length);
        }
    }

    /// <summary>Probabilities of scores.</summary>
    /// <param name="scores">The scores of a segment that has weight.</param>
    /// <param name="padded">How many, whole vectors.</param>
    /// <param name="max">The largest of them.</param>
    /// <param name="shift">Where the segment lies in the row.</param>
    /// <param name="inverseSum">1 / the sum of all powers of two.</param>
    /// <param name="destination">Where they go.</param>
    [MethodImpl(HotLoop)]
    public static void MakeProbabilities(
        float* scores, int padded, float max, float shift, float inverseSum, float* destination)
    {
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> x = (Vector.Load(scores + i) - Vector.Create(max)) + Vector.Create(shift);
            Vector<float> probability = Exponential.Exp2(x) * Vector.Create(inverseSum);
            Bits.ZeroBelow(probability, Vector.Create(Bits.TinyResult)).Store(destination + i);
        }
    }

    /// <summary>Logits after the tilt.</summary>
    /// <param name="scores">The scores of a segment that has weight.</param>
    /// <param name="padded">How many, whole vectors.</param>
    /// <param name="max">The largest of them.</param>
    /// <param name="shift">Where the segment lies in the row.</param>
    /// <param name="best">The best token's logit after the tilt.</param>
    /// <param name="destination">Where they go.</param>
    [MethodImpl(HotLoop)]
    public static void MakeLogits(
        float* scores, int padded, float max, float shift, float best, float* destination)
    {
        Vector<float> most = Vector.Create(float.MaxValue);
        Vector<float> none = Vector.Create(float.NegativeInfinity);
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Vector<float> score = Vector.Load(scores + i);
            Vector<float> x = (score - Vector.Create(max)) + Vector.Create(shift);
            Vector<float> logit = Vector.FusedMultiplyAdd(x, Vector.Create(TokenScale.Ln2), Vector.Create(best));
            logit = Vector.MaxNative(Vector.MinNative(logit, most), -most);
            logit = Bits.ZeroBelowKeepNaN(logit, Vector.Create(Bits.TinyResult));
            Vector.ConditionalSelect(Vector.Equals(score, none), none, logit).Store(destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Narrow<THalf>(float* source, ushort* destination, int length)
        where THalf : IFlag
    {
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= length - (2 * width); i += 2 * width)
        {
            Vector<float> low = Vector.Load(source + i);
            Vector<float> high = Vector.Load(source + i + width);
            Vector.Narrow(
                THalf.Value ? NarrowFloats.ToHalf(low) : NarrowFloats.ToBFloat16(low),
                THalf.Value ? NarrowFloats.ToHalf(high) : NarrowFloats.ToBFloat16(high)).Store(destination + i);
        }

        for (; i < length; i++)
        {
            destination[i] = (ushort)(THalf.Value
                ? NarrowFloats.ToHalf(source[i])
                : NarrowFloats.ToBFloat16(source[i]));
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftBoN.Kernels.Ops.Numerics;

internal static partial class Noise
{
    /// <inheritdoc cref="Uniform(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Uniform(Vector<uint> words)
    {
        Vector<float> w = Vector.ConvertToSingle((words >> 1).As<uint, int>());
        Vector<float> v = Vector.FusedMultiplyAdd(w, Vector.Create(UnitScale), Vector.Create(HalfStep));
        return Vector.MinNative(v, Vector.Create(LargestUniform));
    }

    /// <inheritdoc cref="Gumbel(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Gumbel(Vector<uint> words) =>
        Logarithm.NegLog(Logarithm.NegLog1m(Uniform(words)));

    /// <inheritdoc cref="Exponential(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Exponential(Vector<uint> words) => Logarithm.NegLog(Uniform(words));

    /// <summary>The Gumbel variables of words.</summary>
    /// <param name="words">The random words.</param>
    /// <param name="noise">The variables; may be in the words' place.</param>
    /// <param name="padded">How many, a whole number of folds.</param>
    [MethodImpl(HotLoop)]
    public static unsafe void Gumbel(uint* words, float* noise, int padded)
    {
        if (WideExponential.IsWider)
        {
            WideGumbel(words, noise, padded);
            return;
        }

        int width = Vector<float>.Count;
        for (int i = 0; i < padded; i += 4 * width)
        {
            Vector<float> v0 = Uniform(Vector.Load(words + i));
            Vector<float> v1 = Uniform(Vector.Load(words + i + width));
            Vector<float> v2 = Uniform(Vector.Load(words + i + (2 * width)));
            Vector<float> v3 = Uniform(Vector.Load(words + i + (3 * width)));
            Logarithm.NegLog1m(ref v0, ref v1, ref v2, ref v3);
            Logarithm.NegLog(ref v0, ref v1, ref v2, ref v3);
            v0.Store(noise + i);
            v1.Store(noise + i + width);
            v2.Store(noise + i + (2 * width));
            v3.Store(noise + i + (3 * width));
        }
    }

    /// <summary>The exponential variables of words, as <see cref="Gumbel(uint*, float*, int)"/> does.</summary>
    [MethodImpl(HotLoop)]
    public static unsafe void Exponential(uint* words, float* noise, int padded)
    {
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Exponential(Vector.Load(words + i)).Store(noise + i);
        }
    }

    /// <summary>
    /// <see cref="Gumbel(uint*, float*, int)"/> in vectors of 512 bits; folds are whole ones of these as well. A loop for each
    /// logarithm: of both in a row, a long chain of operations, a processor has too few under way at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void WideGumbel(uint* words, float* noise, int padded)
    {
        for (int i = 0; i < padded; i += Vector512<float>.Count)
        {
            Vector512<float> w = Vector512.ConvertToSingle((Vector512.Load(words + i) >> 1).AsInt32());
            Vector512<float> v = Vector512.MinNative(
                Vector512.FusedMultiplyAdd(w, Vector512.Create(UnitScale), Vector512.Create(HalfStep)),
                Vector512.Create(LargestUniform));
            Logarithm.NegLog1m(v).Store(noise + i);
        }

        for (int i = 0; i < padded; i += Vector512<float>.Count)
        {
            Logarithm.NegLog(Vector512.Load(noise + i)).Store(noise + i);
        }
    }
}

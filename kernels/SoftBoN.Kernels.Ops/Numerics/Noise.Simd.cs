using System.Numerics;
using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Gumbel(uint* words, float* noise, int padded)
    {
        for (int i = 0; i < padded; i += 2 * Vector<float>.Count)
        {
            int j = i + Vector<float>.Count;
            Vector<float> first = Gumbel(Vector.Load(words + i));
            Vector<float> second = Gumbel(Vector.Load(words + j));
            first.Store(noise + i);
            second.Store(noise + j);
        }
    }

    /// <summary>The exponential variables of words, as <see cref="Gumbel(uint*, float*, int)"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Exponential(uint* words, float* noise, int padded)
    {
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            Exponential(Vector.Load(words + i)).Store(noise + i);
        }
    }
}

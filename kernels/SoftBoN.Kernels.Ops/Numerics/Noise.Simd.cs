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

    /// <summary>keys = x + Gumbel noise of the words.</summary>
    /// <param name="x">What the noise is added to; -infinity stays.</param>
    /// <param name="words">The random words.</param>
    /// <param name="keys">The sums; may be x.</param>
    /// <param name="padded">How many, a whole number of folds.</param>
    public static unsafe void AddGumbel(float* x, uint* words, float* keys, int padded)
    {
        for (int i = 0; i < padded; i += 2 * Vector<float>.Count)
        {
            int j = i + Vector<float>.Count;
            Vector<float> first = Vector.Load(x + i) + Gumbel(Vector.Load(words + i));
            Vector<float> second = Vector.Load(x + j) + Gumbel(Vector.Load(words + j));
            first.Store(keys + i);
            second.Store(keys + j);
        }
    }

    /// <summary>keys = x + exponential noise of the words, as <see cref="AddGumbel"/> does.</summary>
    public static unsafe void AddExponential(float* x, uint* words, float* keys, int padded)
    {
        for (int i = 0; i < padded; i += Vector<float>.Count)
        {
            (Vector.Load(x + i) + Exponential(Vector.Load(words + i))).Store(keys + i);
        }
    }
}

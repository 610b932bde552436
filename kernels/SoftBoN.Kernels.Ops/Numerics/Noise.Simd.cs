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
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>Polynomials by Horner's rule, four vectors side by side.</summary>
internal static class Horner
{
    /// <summary>p = x p + coefficient, for each of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step4(
        ref Vector<float> p0, ref Vector<float> p1, ref Vector<float> p2, ref Vector<float> p3,
        Vector<float> x0, Vector<float> x1, Vector<float> x2, Vector<float> x3, Vector<float> coefficient)
    {
        p0 = Vector.FusedMultiplyAdd(x0, p0, coefficient);
        p1 = Vector.FusedMultiplyAdd(x1, p1, coefficient);
        p2 = Vector.FusedMultiplyAdd(x2, p2, coefficient);
        p3 = Vector.FusedMultiplyAdd(x3, p3, coefficient);
    }
}

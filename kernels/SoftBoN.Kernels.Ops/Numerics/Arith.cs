using System.Runtime.CompilerServices;
using ILGPU.IR.Intrinsics;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// The float operations that a compiler for another device might change, each as a call of its own: a device backend
/// replaces the body by the one instruction that means exactly this.
/// </summary>
internal static class Arith
{
    /// <summary>a * b + c, rounded once.</summary>
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fma(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <summary>a * b, rounded; never contracted with an addition that follows.</summary>
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mul(float a, float b) => a * b;

    /// <summary>The 64-bit product of two 32-bit words.</summary>
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulWide(uint a, uint b) => (ulong)a * b;
}

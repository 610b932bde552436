using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// Reciprocal, quotient and square root, correctly rounded. A CPU has them in hardware; <see cref="DivisionByFma"/> has
/// the same bits for devices that do not.
/// </summary>
internal static class Division
{
    /// <summary>1 / x.</summary>
    /// <param name="x">2^-126 &lt;= |x| &lt;= 2^126.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Rcp(float x) => 1f / x;

    /// <summary>a / b; 0 where that is below 2^-125 in magnitude.</summary>
    /// <param name="a">0, or normal and finite.</param>
    /// <param name="b">Normal and finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Div(float a, float b) => Bits.ZeroBelowKeepNaN(a / b, Bits.TinyResult);

    /// <summary>The square root of x.</summary>
    /// <param name="x">0, or positive and normal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <inheritdoc cref="Rcp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Rcp(Vector<float> x) => Vector<float>.One / x;

    /// <inheritdoc cref="Div(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Div(Vector<float> a, Vector<float> b) =>
        Bits.ZeroBelowKeepNaN(a / b, Vector.Create(Bits.TinyResult));

    /// <inheritdoc cref="Sqrt(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Sqrt(Vector<float> x) => Vector.SquareRoot(x);
}

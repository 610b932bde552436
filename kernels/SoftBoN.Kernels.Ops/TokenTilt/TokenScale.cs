using System.Runtime.CompilerServices;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// How logits, or rewards, become powers of two below the largest of them: (value - pivot) log2(e) / temperature,
/// computed in halves, so that the difference of any two floats is finite.
/// </summary>
internal readonly struct TokenScale
{
    /// <summary>ln2: from powers of two to nats.</summary>
    public const float Ln2 = 0.69314718f;

    private TokenScale(TiltMode mode, float inverse, float inverse2)
    {
        Mode = mode;
        Inverse = inverse;
        Inverse2 = inverse2;
    }

    public TiltMode Mode { get; }

    /// <summary>1 / temperature; 0 where it is 0 or infinite.</summary>
    public float Inverse { get; }

    /// <summary>2 log2(e) / temperature; 0 where it is 0 or infinite.</summary>
    public float Inverse2 { get; }

    /// <summary>The scale of a temperature.</summary>
    /// <param name="magnitude">At least 0; not NaN.</param>
    public static TokenScale For(float magnitude)
    {
        TiltMode mode = RowLambda.ModeOf(magnitude);
        return mode == TiltMode.Tilted
            ? new TokenScale(
                mode, Division.Rcp(magnitude), Arith.Mul(Division.Div(Exponential.Log2E, magnitude), 2f))
            : new TokenScale(mode, 0f, 0f);
    }

    /// <summary>
    /// Whether a value counts beside the pivot: any but -infinity, and at temperature 0 the pivot alone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsInPlay(float value, float pivot) =>
        Mode == TiltMode.Hard ? value == pivot : value > float.NegativeInfinity;

    /// <summary>
    /// A value's term of a score: at most 0, +0 for the pivot, -infinity where it is not in play or below all floats.
    /// </summary>
    /// <param name="value">The value; not NaN, and not above the pivot where it is in play.</param>
    /// <param name="pivot">The largest value; finite.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Term(float value, float pivot)
    {
        if (!IsInPlay(value, pivot))
        {
            return float.NegativeInfinity;
        }

        return Mode == TiltMode.Tilted ? TiltedTerm(value, pivot) : 0f;
    }

    /// <summary>The term of a finite value where the mode is <see cref="TiltMode.Tilted"/>; not finite where that is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float TiltedTerm(float value, float pivot)
    {
        float difference = Arith.Fma(value, 0.5f, Arith.Mul(-0.5f, pivot));
        return Bits.ZeroBelowKeepNaN(Arith.Mul(difference, Inverse2), Bits.TinyProduct);
    }
}

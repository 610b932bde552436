using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>A row whose pick is found by ruling candidates out.</summary>
internal interface IPrunedRow
{
    /// <summary>x of whole vectors of candidates.</summary>
    Vector<float> XAt(int candidate);

    /// <summary>x of one candidate.</summary>
    float XOf(int candidate);

    /// <summary>A candidate's reward as it was given.</summary>
    float RewardOf(int candidate);

    /// <summary>The sum of exp(x), where log-probabilities are wanted.</summary>
    float Sum { get; }
}

/// <summary>One of <see cref="PlainRows"/>.</summary>
internal readonly unsafe struct PlainPrunedRow(float* values, in TiltScale scale, float max, float sum)
    : IPrunedRow
{
    private readonly float* values = values;
    private readonly float unit = scale.Unit;
    private readonly float maxTerm = -scale.Unit * max;
    private readonly float inverse = scale.Inverse;

    public float Sum => sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> XAt(int candidate) =>
        Vector.FusedMultiplyAdd(Vector.Load(values + candidate), Vector.Create(unit), Vector.Create(maxTerm))
        * Vector.Create(inverse);

    /// <summary>Which of whole vectors of candidates are excluded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> IsExcluded(int candidate) =>
        Vector.Equals(Vector.Load(values + candidate), Vector.Create(float.NegativeInfinity));

    /// <summary>Asks for what lies some floats behind a candidate; nothing happens where there is no such memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchBehind(int candidate, long distance) => Sse.Prefetch1(values + candidate + distance);

    /// <summary><see cref="XAt"/> in vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> WideXAt(int candidate) => Vector512.Create(inverse) * Vector512.FusedMultiplyAdd(
        Vector512.Load(values + candidate), Vector512.Create(unit), Vector512.Create(maxTerm));

    /// <summary><see cref="IsExcluded"/> in vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> IsExcludedWide(int candidate) =>
        Vector512.Equals(Vector512.Load(values + candidate), Vector512.Create(float.NegativeInfinity));

    public float XOf(int candidate) => Arith.Mul(Arith.Fma(values[candidate], unit, maxTerm), inverse);

    public float RewardOf(int candidate) => values[candidate];
}

/// <summary>Some of <see cref="PlainRows"/>.</summary>
/// <param name="values">The first row, in whole folds.</param>
/// <param name="stride">From one row to the next.</param>
/// <param name="scale">Their scale.</param>
/// <param name="max">The largest reward of each.</param>
/// <param name="sums">The sum of exp(x) of each, where log-probabilities are wanted.</param>
internal readonly unsafe ref struct PlainGroup(float* values, long stride, in TiltScale scale, float* max, float* sums)
{
    private readonly float* values = values;
    private readonly long stride = stride;
    private readonly ref readonly TiltScale scale = ref scale;
    private readonly float* max = max;
    private readonly float* sums = sums;

    /// <summary>Floats from a row to the one as far on as there are rows.</summary>
    /// <param name="count">How many rows there are.</param>
    public long DistanceOfNext(int count) => count * stride;

    public PlainPrunedRow this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(values + (row * stride), in scale, max[row], sums[row]);
    }
}

/// <summary>Any row, in its place.</summary>
internal readonly struct PlacedPrunedRow(RowScratch place) : IPrunedRow
{
    private readonly TiltedRow tilted = place.Tilted;

    public float Sum => place.Sums.Sums.Sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> XAt(int candidate) => tilted.XAt(candidate, Vector<float>.Zero);

    public float XOf(int candidate) => tilted.XAt(candidate);

    public float RewardOf(int candidate) => place.View[candidate];
}

/// <summary>The random words of a block of candidates and upper bounds on their keys.</summary>
/// <param name="words">The words.</param>
/// <param name="uppers">The bounds.</param>
/// <param name="length">How many, whole vectors.</param>
/// <param name="reached">A key that the best candidate certainly reaches.</param>
internal readonly unsafe struct BoundedKeys(uint* words, float* uppers, int length, float reached)
{
    public readonly uint* Words = words;
    public readonly float* Uppers = uppers;
    public readonly int Length = length;
    public readonly float Reached = reached;
}

using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>Memory of rows that several teams share, each row in a slot of its own.</summary>
internal struct SplitMemory
{
    /// <summary>Sums of segments, and room for the partial sums of threads that are alone.</summary>
    public ArrayView<float> Partials;

    /// <summary>Floats of a slot, and of one of its row's sums.</summary>
    public int SlotPartials;
    public int PartialStride;

    /// <summary>The teams of a row, as a power of two.</summary>
    public int PartBits;

    /// <summary><see cref="SplitState.Words"/> for each slot; all 0 before the first look.</summary>
    public ArrayView<uint> States;

    /// <summary>What is known of the row in the grid's first index.</summary>
    public readonly SplitState State => new(States.SubView(Grid.IdxX * SplitState.Words, SplitState.Words));
}

/// <summary>
/// What the teams of a row know together after each launch. They write it by integer maxima and sums, so that it depends on
/// no order; 0 is what no team has written.
/// </summary>
internal readonly struct SplitState(ArrayView<uint> words)
{
    /// <summary>The words of a row: whole cache lines are not shared by two.</summary>
    public const int Words = 16;

    private const int Largest = 0;
    private const int SmallestInverted = 1;
    private const int Included = 2;
    private const int InvalidOffset = 3;
    private const int MaxX = 4;
    private const int MaxExponent = 5;
    private const int Sum = 6;
    private const int Squares = 7;
    private const int Deviations = 8;
    private const int Complements = 9;
    private const int SearchOutside = 10;
    private const int SearchInside = 11;
    private const int SearchStatus = 12;

    public RowExtremes Extremes => new()
    {
        Largest = words[Largest],
        Smallest = ~words[SmallestInverted],
        Included = words[Included],
    };

    /// <summary>Whether a team saw an offset that is NaN or +infinity.</summary>
    public bool HasInvalidOffset => words[InvalidOffset] != 0;

    /// <summary>The largest x in play, and the largest in powers of two.</summary>
    public float LargestX => RewardKey.Value(words[MaxX]);

    public float LargestExponent => RewardKey.Value(words[MaxExponent]);

    /// <summary>How far the search for the row's lambda is.</summary>
    public BudgetSearch Search
    {
        get => BudgetSearch.At(words[SearchOutside], words[SearchInside], (RowStatus)words[SearchStatus]);
        set
        {
            words[SearchOutside] = value.Outside;
            words[SearchInside] = value.Inside;
            words[SearchStatus] = (uint)value.Status;
        }
    }

    /// <summary>Adds what a team saw.</summary>
    public void Add(RowExtremes extremes, bool hasInvalidOffset)
    {
        Atomic.Max(ref words[Largest], extremes.Largest);
        Atomic.Max(ref words[SmallestInverted], ~extremes.Smallest);
        Atomic.Add(ref words[Included], extremes.Included);
        Atomic.Max(ref words[InvalidOffset], hasInvalidOffset ? 1u : 0u);
    }

    /// <summary>Adds the largest x of a team, and the largest in powers of two; -infinity where none is in play.</summary>
    public void Add(float x, float exponent)
    {
        Atomic.Max(ref words[MaxX], RewardKey.Of(x, isNegative: false));
        Atomic.Max(ref words[MaxExponent], RewardKey.Of(exponent, isNegative: false));
    }

    /// <summary>Keeps a row's sums.</summary>
    public void Keep(in SoftWeightsSums sums)
    {
        words[Sum] = Bits.Of(sums.Sum);
        words[Squares] = Bits.Of(sums.Squares);
        words[Deviations] = Bits.Of(sums.Deviations);
        words[Complements] = Bits.Of(sums.Complements);
    }

    /// <summary>The row's sums that were kept.</summary>
    public void Read(ref SoftWeightsSums sums)
    {
        sums.Sum = Bits.ToFloat(words[Sum]);
        sums.Squares = Bits.ToFloat(words[Squares]);
        sums.Deviations = Bits.ToFloat(words[Deviations]);
        sums.Complements = Bits.ToFloat(words[Complements]);
    }
}

using ILGPU;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>What is known of rows.</content>
internal partial struct SplitMemory
{
    /// <summary>What is known of the row in the grid's first index.</summary>
    public readonly SplitState State => new(States.SubView(Grid.IdxX * SplitState.Words, SplitState.Words));
}

/// <summary>
/// What the teams of a row know together after each launch. They write it by integer maxima and sums, so that it depends on
/// no order; 0 is what no team has written.
/// </summary>
internal readonly struct SplitState(ArrayView<uint> words)
{
    /// <summary>The words of a row.</summary>
    public const int Words = SplitMemory.WordsOfState;

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

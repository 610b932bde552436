namespace SoftBoN.Kernels.Ops;

/// <summary>
/// What a look at rewards tells, as keys of <see cref="RewardKey"/>: nothing here depends on the order of the looks.
/// </summary>
internal struct RowExtremes
{
    public uint Largest;
    public uint Smallest;

    /// <summary>How many candidates are not excluded.</summary>
    public uint Included;

    /// <summary>Those of no candidates.</summary>
    public static RowExtremes None => new()
    {
        Largest = RewardKey.NegativeInfinity,
        Smallest = RewardKey.PositiveInfinity,
    };

    /// <summary>Those of rewards of which the largest alone is wanted.</summary>
    /// <param name="largest">The largest reward that is not NaN; -infinity where there is none.</param>
    /// <param name="magnitude">The largest bits of a reward without its sign.</param>
    public static RowExtremes OfLargest(float largest, uint magnitude)
    {
        RowExtremes extremes = None;
        extremes.Largest = magnitude > RewardKey.InfinityBits ? RewardKey.NaN : RewardKey.Of(largest, isNegative: false);
        return extremes;
    }

    /// <summary>One reward more.</summary>
    /// <param name="reward">The reward as given; -infinity where the candidate is excluded.</param>
    /// <param name="isNegative">Whether low rewards are preferred.</param>
    public void Add(float reward, bool isNegative)
    {
        if (!RewardKey.IsExcluded(reward))
        {
            uint key = RewardKey.Of(reward, isNegative);
            Largest = LargestFold.Of(Largest, key);
            Smallest = SmallestFold.Of(Smallest, key);
            Included++;
        }
    }
}

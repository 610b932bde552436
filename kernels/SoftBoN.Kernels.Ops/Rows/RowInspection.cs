namespace SoftBoN.Kernels.Ops;

/// <summary>What one look at a row's rewards tells: whether they can be used, their extremes, how many are included.</summary>
internal struct RowInspection
{
    public RowStatus Status;

    /// <summary>The largest reward, in the direction that lambda prefers.</summary>
    public float Max;

    /// <summary>The smallest included reward, in the direction that lambda prefers.</summary>
    public float Min;

    /// <summary>How many candidates are not excluded by a reward of -infinity.</summary>
    public int Included;

    /// <summary>A reward in the direction that lambda prefers. Excluded candidates stay excluded.</summary>
    public static float Directed(float reward, bool isNegative) =>
        isNegative && reward != float.NegativeInfinity ? -reward : reward;

    /// <summary>Looks at every reward of a row.</summary>
    public static RowInspection Of(RowView row, bool isNegative)
    {
        bool anyNaN = false;
        bool anyInfinity = false;
        var found = new RowInspection { Max = float.NegativeInfinity, Min = float.PositiveInfinity };
        for (int i = 0; i < row.Length; i++)
        {
            float reward = row[i];
            anyNaN |= float.IsNaN(reward);
            anyInfinity |= reward == float.PositiveInfinity;
            if (reward != float.NegativeInfinity)
            {
                float directed = Directed(reward, isNegative);
                found.Included++;
                found.Max = directed > found.Max ? directed : found.Max;
                found.Min = directed < found.Min ? directed : found.Min;
            }
        }

        found.Status = StatusOf(row.Length, anyNaN, anyInfinity, found.Included > 0);
        return found;
    }

    /// <summary>The status of a row by its rewards.</summary>
    public static RowStatus StatusOf(int length, bool anyNaN, bool anyInfinity, bool anyIncluded) =>
        length == 0 ? RowStatus.Empty
        : anyNaN ? RowStatus.RewardNaN
        : anyInfinity ? RowStatus.RewardPositiveInfinity
        : !anyIncluded ? RowStatus.AllExcluded
        : RowStatus.Ok;
}

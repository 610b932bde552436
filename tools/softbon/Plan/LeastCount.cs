namespace SoftBoN.Tool.Plan;

/// <summary>Finds where a condition on a number of candidates begins to hold.</summary>
internal static class LeastCount
{
    /// <summary>The smallest n for which a condition holds that, once it holds, does for all larger n.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="most">The largest n to consider, 2^31 - 1 at most.</param>
    /// <param name="from">The smallest n to consider, at least 1.</param>
    /// <returns>That n; null where the condition does not hold at <paramref name="most"/>.</returns>
    public static int? Of(Func<int, bool> holds, int most, int from = 1)
    {
        if (from > most)
        {
            return null;
        }

        (int low, int high) = (from - 1, from);
        while (!holds(high))
        {
            if (high == most)
            {
                return null;
            }

            int step = high - low;
            (low, high) = (high, step > (most - high) / 2 ? most : high + (2 * step));
        }

        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}

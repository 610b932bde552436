namespace SoftBoN.Tool.Plan;

/// <summary>Finds where a condition on a number of candidates begins to hold.</summary>
internal static class LeastCount
{
    /// <summary>The smallest n from which on a condition holds; null beyond a limit.</summary>
    public static int? Of(Func<int, bool> holds, int most)
    {
        int high = 1;
        while (!holds(high))
        {
            if (high == most)
            {
                return null;
            }

            high = high > most / 2 ? most : high * 2;
        }

        int low = high / 2;
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}

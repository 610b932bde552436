namespace SoftBoN.Kernels.Theory;

/// <summary>Where a condition on a positive number switches from false (below) to true (above).</summary>
internal static class Bisection
{
    /// <summary>The switch, searched for from a guess by factors; 0 or +infinity if there is none.</summary>
    internal static double GeometricRoot(double guess, Func<double, bool> isAbove)
    {
        const double Factor = 4;
        bool above = isAbove(guess);
        double low = above ? guess / Factor : guess;
        double high = above ? guess : guess * Factor;
        while (above && low > 0 && isAbove(low))
        {
            (low, high) = (low / Factor, low);
        }

        while (!above && double.IsFinite(high) && !isAbove(high))
        {
            (low, high) = (high, high * Factor);
        }

        return low == 0 || double.IsInfinity(high) ? (above ? low : high) : GeometricRoot(low, high, isAbove);
    }

    /// <summary>The switch between two positive numbers, to neighbouring doubles.</summary>
    internal static double GeometricRoot(double low, double high, Func<double, bool> isAbove)
    {
        while (true)
        {
            // The geometric mean, without overflow; once rounding lets it meet an end there is nothing between.
            double middle = Math.Sqrt(low) * Math.Sqrt(high);
            if (!(middle > low && middle < high))
            {
                return low;
            }

            (low, high) = isAbove(middle) ? (low, middle) : (middle, high);
        }
    }
}

namespace SoftBoN.Tool.Study.Hacking;

/// <summary>
/// HedgeTune's temperature for many prompts: the root of the mean covariance of gold and proxy, between the
/// neighbours of the best temperature of a grid.
/// </summary>
internal static class HedgeRoot
{
    private const int MostSteps = 60;
    private const double Precision = 1e-9;
    private const double BeyondGrid = 64;
    private const double ColderStep = 1.5;

    /// <param name="lambdas">The grid, at least one temperature.</param>
    /// <param name="gold">The expected gold reward at each of its temperatures.</param>
    /// <param name="slope">The derivative of the expected gold reward with respect to 1 / lambda.</param>
    /// <returns>
    /// A temperature; 0 or infinity where the grid has it and its end is the best. On a plateau or at an end without
    /// a root that of the grid.
    /// </returns>
    public static double Find(double[] lambdas, double[] gold, Func<double, double> slope)
    {
        double best = lambdas[Array.IndexOf(gold, gold.Max())];
        double colder = lambdas.Where(lambda => lambda < best).DefaultIfEmpty(best).Max();
        double hotter = lambdas.Where(lambda => lambda > best).DefaultIfEmpty(best).Min();
        if (best == 0)
        {
            return best;
        }

        double coldest = colder > 0 ? colder : best / BeyondGrid;
        double hot = double.IsFinite(hotter) ? hotter : best * BeyondGrid;
        if (!double.IsFinite(best))
        {
            return best;
        }

        // Far below the rewards' differences the slope is 0 in floats, so the cold end is looked for from the best one on.
        double cold = best;
        double below = slope(cold);
        while (below >= 0 && cold > coldest)
        {
            cold = Math.Max(coldest, cold / ColderStep);
            below = slope(cold);
        }

        double above = slope(hot);
        return below < 0 && above > 0 ? Root(Math.Log(cold), below, Math.Log(hot), above, slope) : best;
    }

    /// <summary>False position in log lambda; the end that stays gets half its weight (the Illinois rule).</summary>
    private static double Root(double cold, double below, double hot, double above, Func<double, double> slope)
    {
        double middle = cold;
        for (int step = 0; step < MostSteps && hot - cold > Precision; step++)
        {
            middle = ((hot * below) - (cold * above)) / (below - above);
            double value = slope(Math.Exp(middle));
            if (value == 0)
            {
                break;
            }

            if (value < 0)
            {
                (above, below, cold) = (step > 0 ? above / 2 : above, value, middle);
            }
            else
            {
                (below, above, hot) = (step > 0 ? below / 2 : below, value, middle);
            }
        }

        return Math.Exp(middle);
    }
}

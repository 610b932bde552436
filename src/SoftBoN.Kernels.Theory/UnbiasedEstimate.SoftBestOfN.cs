namespace SoftBoN.Kernels.Theory;

public static partial class UnbiasedEstimate
{
    /// <summary>The expected value of the candidate that soft best-of-n selects.</summary>
    /// <param name="rewards">The reward of each sample, by which the selection is made.</param>
    /// <param name="values">What is averaged: the same rewards, or another (gold) reward of each sample.</param>
    /// <param name="lambda">The temperature: 0 is best-of-n, +infinity the mean.</param>
    /// <param name="n">The number of candidates, from 1 to N.</param>
    /// <returns>
    /// The average over all sets of n samples of their softmax-weighted value: the integral over t > 0 of the sum over
    /// i of v_i w_i exp(-t w_i) e_(n-1)(exp(-t w_j), j other than i), divided by (N choose n), where e_(n-1) is the
    /// elementary symmetric polynomial.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The rewards or values are empty, not finite or of different lengths.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// n is less than 1 or greater than N, or lambda is negative or NaN.
    /// </exception>
    /// <remarks>
    /// Some 250 nodes, and 5 more for each unit of r / lambda that the rewards span, at a cost of at most N n each. Only
    /// averages of non-negative numbers are formed, so no N and n overflow; error about 1e-14 of the range of the
    /// values.
    /// </remarks>
    public static double SoftBestOfN(
        ReadOnlySpan<double> rewards,
        ReadOnlySpan<double> values,
        double lambda,
        int n)
    {
        Throw.IfNotTemperature(lambda);
        (double[] sorted, double[] ordered) = Descending(rewards, values, n);

        // Above the lowest value all terms are non-negative.
        double lowest = ordered.Min();
        return lowest + new SubsetRace(sorted, Array.ConvertAll(ordered, v => v - lowest), lambda, n).Average();
    }
}

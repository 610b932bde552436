namespace SoftBoN.Kernels.Theory;

public static partial class ExactLaw
{
    /// <summary>
    /// Chi-square pessimism: the law Q that maximises E_Q[r] - (penalty / 2) chi^2(Q || P). Where the optimal tilt
    /// weighs by an exponential, it weighs by max(0, r - tau) / penalty and leaves low rewards out altogether.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="penalty">
    /// The strength of the penalty, in the unit of the rewards: 0 conditions P on the highest reward, +infinity
    /// returns P.
    /// </param>
    /// <returns>P(y) max(0, r(y) - tau) / penalty, tau such that the sum is 1; one probability per outcome.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">penalty is negative or NaN.</exception>
    /// <remarks>
    /// Inference-time pessimism of Huang et al., arXiv 2503.21878. tau in closed form, level by level.
    /// </remarks>
    public static double[] ChiSquareTilt(FiniteAlphabet alphabet, double penalty)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfBelow(penalty, 0, nameof(penalty));
        RewardLevels levels = alphabet.Levels;
        var mass = new CompensatedSum();
        var shortfall = new CompensatedSum();
        int support = 0;
        double mean;
        do
        {
            mass.Add(levels.Mass[support]);
            shortfall.Add(levels.Mass[support] * (levels.Highest - levels.Rewards[support]));
            mean = shortfall.Value / mass.Value;
            support++;
        }
        while (support < levels.Count && levels.Highest - levels.Rewards[support] < mean + (penalty / mass.Value));

        var ratios = new double[levels.Count];
        for (int l = 0; l < support; l++)
        {
            double excess = mean - (levels.Highest - levels.Rewards[l]);
            ratios[l] = Math.Max(0, (1 / mass.Value) + (excess == 0 ? 0 : excess / penalty));
        }

        // Rewards far apart beside a small penalty cancel in the ratios; the sum takes that up.
        var total = new CompensatedSum();
        for (int l = 0; l < support; l++)
        {
            total.Add(levels.Mass[l] * ratios[l]);
        }

        return levels.Spread(alphabet.Probabilities, Array.ConvertAll(ratios, ratio => ratio / total.Value));
    }
}

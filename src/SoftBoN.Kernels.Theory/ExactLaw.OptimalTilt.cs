namespace SoftBoN.Kernels.Theory;

public static partial class ExactLaw
{
    /// <summary>
    /// The optimal tilt P*(y) = P(y) exp(r(y) / lambda) / Z: the law Q that maximises E_Q[r] - lambda KL(Q || P),
    /// which soft best-of-n approaches as n grows.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">
    /// The temperature: 0 conditions P on the highest reward, +infinity returns P.
    /// </param>
    /// <returns>One probability per outcome.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN.</exception>
    public static double[] OptimalTilt(FiniteAlphabet alphabet, double lambda)
    {
        Check(alphabet, lambda, n: 1);
        (double[] weights, double normalizer) = Tilt.LevelWeights(alphabet.Levels, lambda);
        return Array.ConvertAll(
            alphabet.Levels.Spread(alphabet.Probabilities, weights), mass => mass / normalizer);
    }
}

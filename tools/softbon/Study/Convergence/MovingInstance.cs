using SoftBoN.Kernels.Theory;

namespace SoftBoN.Tool.Study.Convergence;

/// <summary>
/// Two outcomes that move with n: the rare one has probability C (c/n)^2 and n/c times the weight. Their chi-square
/// tends to C while n KL tends to 0.216 C, so no bound of smaller order than C/n holds for every instance.
/// </summary>
internal static class MovingInstance
{
    /// <summary>The limit of n KL / chi-square.</summary>
    public const double Limit = 0.2162;

    private const double Ratio = 0.46;

    /// <summary>The instance at temperature 1, or null while n is too small for it.</summary>
    public static FiniteAlphabet? At(double chiSquare, int n)
    {
        double rare = chiSquare * Ratio * Ratio / ((double)n * n);
        double weight = n / Ratio;
        return rare < 0.5 && weight > 1 ? new FiniteAlphabet([1 - rare, rare], [0, Math.Log(weight)]) : null;
    }
}

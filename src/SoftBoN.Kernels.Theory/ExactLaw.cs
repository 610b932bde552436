namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Exact laws, in double precision, of the outcome that a selector returns when n candidates are drawn
/// independently from the reference law of a <see cref="FiniteAlphabet"/>.
/// </summary>
/// <remarks>
/// <para>
/// <c>lambda</c> is a temperature in the unit of the rewards: lambda = 0 is hard best-of-n, lambda = +infinity
/// returns the reference law, both exactly. The weight of an outcome is w(y) = exp(r(y) / lambda); only ratios of
/// weights are formed, so no lambda overflows.
/// </para>
/// <para>
/// Each law is an array with one probability per outcome, in the alphabet's order, that sums to 1 up to rounding
/// (about 1e-15). Equal arguments give equal bits on one machine. The derivations are in <c>docs/theory.md</c>.
/// </para>
/// </remarks>
public static partial class ExactLaw
{
    private static void Check(FiniteAlphabet alphabet, double lambda, int n)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        Throw.IfNotTemperature(lambda);
        Throw.IfNotCandidateCount(n);
    }
}

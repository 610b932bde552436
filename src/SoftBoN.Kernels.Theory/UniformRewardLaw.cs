using System.Collections.Concurrent;

namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The law of the selected reward where the reward is uniform on [0, 1] under the reference law: exact laws for
/// rewards without ties.
/// </summary>
/// <remarks>
/// <para>
/// For best-of-n and best-of-Poisson this is the law of the quantile of any continuous reward. For rewards uniform on
/// an interval of width D divide lambda by D. A law is a density u -> f(u) with respect to the uniform law, so that
/// divergences between laws of rewards equal those between the laws of outcomes.
/// </para>
/// <para>
/// Integrals over u are sums over panels that halve towards both ends; their absolute error is about 1e-14. Densities
/// are computed once and kept. Immutable in effect; safe to share between threads.
/// </para>
/// </remarks>
public sealed partial class UniformRewardLaw
{
    private readonly Func<double, double, double> _logDensity;
    private readonly int _panels;
    private readonly ConcurrentDictionary<int, Table> _tables = new();

    /// <summary>Keeps the logarithm of a density, given as a function of u and of 1 - u.</summary>
    private UniformRewardLaw(Func<double, double, double> logDensity, double peakDensity)
    {
        _logDensity = logDensity;
        _panels = UnitGrid.PanelsFor(peakDensity);
    }

    /// <summary>The reference law itself, of density 1.</summary>
    public static UniformRewardLaw Reference { get; } = new(static (_, _) => 0, peakDensity: 1);

    /// <summary>The density with respect to the uniform law on [0, 1].</summary>
    /// <param name="reward">A reward u from 0 to 1.</param>
    /// <returns>A number of at least 0, at most the expected number of candidates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">reward is outside [0, 1] or NaN.</exception>
    public double Density(double reward)
    {
        Throw.IfOutside(reward, 0, 1, nameof(reward));
        return Math.Exp(_logDensity(reward, 1 - reward));
    }

    /// <summary>The expected reward, from 0 to 1.</summary>
    /// <returns>The integral of u f(u).</returns>
    public double ExpectedReward()
    {
        Table table = TableFor(_panels);
        return table.Grid.Integral(i => table.Grid.FromZero[i] * Math.Exp(table.LogDensities[i]));
    }

    /// <summary>The integral of a function of the two logarithms of densities.</summary>
    internal static double Integral(UniformRewardLaw p, UniformRewardLaw q, Func<double, double, double> integrand)
    {
        int panels = Math.Max(p._panels, q._panels);
        Table first = p.TableFor(panels);
        double[] second = q.TableFor(panels).LogDensities;
        return first.Grid.Integral(i => integrand(first.LogDensities[i], second[i]));
    }

    private Table TableFor(int panels) => _tables.GetOrAdd(panels, Tabulate);

    private Table Tabulate(int panels)
    {
        var grid = new UnitGrid(panels);
        var logDensities = new double[grid.Weights.Length];
        for (int i = 0; i < logDensities.Length; i++)
        {
            logDensities[i] = _logDensity(grid.FromZero[i], grid.FromOne[i]);
        }

        return new Table(grid, logDensities);
    }

    private sealed record Table(UnitGrid Grid, double[] LogDensities);
}

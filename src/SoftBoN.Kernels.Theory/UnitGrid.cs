namespace SoftBoN.Kernels.Theory;

/// <summary>
/// Quadrature on [0, 1] for functions that are smooth inside and may change ever faster towards either end:
/// Gauss-Legendre panels that halve in width towards 0 and towards 1.
/// </summary>
/// <remarks>
/// A point is given by its distance from both ends, since 1 - u has no digits left where u is close to 1. On a panel
/// as wide as its distance from the end, a function analytic but for the end itself is integrated to
/// (3 + sqrt 8)^-32 = 3e-25 of its size.
/// </remarks>
internal sealed class UnitGrid
{
    /// <summary>
    /// Panels towards 0, where a change over a scale d moves no more than d^2: 2^-30 is fine enough. Towards 1 it
    /// moves the peak density times d.
    /// </summary>
    private const int PanelsToZero = 30;
    private const int PanelsAtPeakOne = 54;

    internal UnitGrid(int panelsToOne)
    {
        var below = new List<double>();
        var above = new List<double>();
        var weights = new List<double>();
        foreach ((double start, double width) in Panels(PanelsToZero))
        {
            Add(below, above, weights, start, width);
        }

        foreach ((double start, double width) in Panels(panelsToOne))
        {
            Add(above, below, weights, start, width);
        }

        FromZero = [.. below];
        FromOne = [.. above];
        Weights = [.. weights];
    }

    internal double[] FromZero { get; }

    internal double[] FromOne { get; }

    internal double[] Weights { get; }

    internal static int PanelsFor(double peakDensity) => PanelsAtPeakOne + (int)Math.Ceiling(Math.Log2(peakDensity));

    internal double Integral(Func<int, double> integrand)
    {
        var sum = new CompensatedSum();
        for (int i = 0; i < Weights.Length; i++)
        {
            sum.Add(Weights[i] * integrand(i));
        }

        return sum.Value;
    }

    /// <summary>[0, 1/2] in halving panels towards 0, the last one closing at 0.</summary>
    private static IEnumerable<(double Start, double Width)> Panels(int count)
    {
        double end = 0.5;
        for (int i = 0; i < count; i++, end /= 2)
        {
            yield return (end / 2, end / 2);
        }

        yield return (0, end);
    }

    private static void Add(List<double> near, List<double> far, List<double> weights, double start, double width)
    {
        for (int i = 0; i < GaussLegendre.Nodes.Length; i++)
        {
            double x = start + (width * GaussLegendre.Nodes[i]);
            near.Add(x);
            far.Add(1 - x);
            weights.Add(width * GaussLegendre.Weights[i]);
        }
    }
}

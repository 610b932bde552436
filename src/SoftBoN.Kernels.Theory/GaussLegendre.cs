namespace SoftBoN.Kernels.Theory;

/// <summary>The Gauss-Legendre rule of 16 nodes on [0, 1]: exact for polynomials up to degree 31.</summary>
internal static class GaussLegendre
{
    private const int Count = 16;

    static GaussLegendre()
    {
        for (int i = 0; i < Count; i++)
        {
            // Newton's iteration from the usual first guess; five steps reach the last bit.
            double x = Math.Cos(Math.PI * (i + 0.75) / (Count + 0.5));
            double slope = 0;
            for (int step = 0; step < 5; step++)
            {
                (double value, slope) = Legendre(x);
                x -= value / slope;
            }

            Nodes[i] = 0.5 * (1 - x);
            Weights[i] = 1 / ((1 - x) * (1 + x) * slope * slope);
        }
    }

    internal static double[] Nodes { get; } = new double[Count];

    internal static double[] Weights { get; } = new double[Count];

    /// <summary>The Legendre polynomial of degree 16 and its derivative.</summary>
    private static (double Value, double Slope) Legendre(double x)
    {
        double previous = 1;
        double value = x;
        for (int k = 2; k <= Count; k++)
        {
            (previous, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * previous)) / k);
        }

        return (value, Count * ((x * value) - previous) / ((x * x) - 1));
    }
}

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Comparisons that say how far off a value is.</summary>
internal static class Near
{
    internal static void Absolute(double expected, double actual, double tolerance) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            $"expected {expected:R}, got {actual:R}: off by {Math.Abs(expected - actual):E2}, allowed {tolerance:E2}");

    internal static void Absolute(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Absolute(expected[i], actual[i], tolerance);
        }
    }

    internal static void Relative(double expected, double actual, double tolerance) =>
        Absolute(expected, actual, tolerance * Math.Abs(expected));

    internal static void Relative(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Relative(expected[i], actual[i], tolerance);
        }
    }

    /// <summary>small &lt;= large, up to rounding.</summary>
    internal static void AtMost(double small, double large, double tolerance = 1e-12) =>
        Assert.True(small <= large + tolerance, $"{small:R} exceeds {large:R} by {small - large:E2}");
}

namespace SoftBoN.Kernels.Tests;

/// <summary>Comparisons that say how far off a value is.</summary>
internal static class Near
{
    /// <summary>Half a unit in the last place of 1: the relative error of one rounding.</summary>
    public const double Rounding = 1.0 / (1 << 24);

    public static void Absolute(double expected, double actual, double tolerance, string what = "value") =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            $"{what}: expected {expected:R}, got {actual:R}: "
                + $"off by {Math.Abs(expected - actual):E2}, allowed {tolerance:E2}");

    public static void Relative(double expected, double actual, double tolerance, string what = "value") =>
        Absolute(expected, actual, tolerance * Math.Abs(expected), what);
}

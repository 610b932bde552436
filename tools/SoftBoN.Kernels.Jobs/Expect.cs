using System.Globalization;

namespace SoftBoN.Kernels.Jobs;

/// <summary>A fast wrong result is no result: what is timed is checked first.</summary>
internal static class Expect
{
    /// <summary>Throws unless a result is within a tolerance, relative and absolute at once, of the truth.</summary>
    public static void Near(double actual, double expected, double tolerance, string what)
    {
        if (!(Math.Abs(actual - expected) <= tolerance * (1.0 + Math.Abs(expected))))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} is {actual:R} and should be {expected:R} within {tolerance:R}; nothing is timed."));
        }
    }

    /// <summary>Throws unless a condition holds.</summary>
    public static void True(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Not so: {what}; nothing is timed.");
        }
    }
}

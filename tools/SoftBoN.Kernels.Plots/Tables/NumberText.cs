using System.Globalization;

namespace SoftBoN.Kernels.Plots.Tables;

/// <summary>Numbers as text: all digits for programs, a few for people.</summary>
internal static class NumberText
{
    /// <summary>The shortest text that reads back as the same double; empty for NaN.</summary>
    public static string Exact(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ when double.IsNaN(value) => "",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Five significant digits; far from 1 with an exponent; a dash for NaN.</summary>
    public static string Brief(double value)
    {
        double size = Math.Abs(value);
        return value switch
        {
            double.PositiveInfinity => "∞",
            double.NegativeInfinity => "−∞",
            _ when double.IsNaN(value) => "–",
            0 => "0",
            _ when size is < 1e-4 or >= 1e6 => value.ToString("0.####e+0", CultureInfo.InvariantCulture),
            _ => decimal.Round((decimal)value, Math.Max(0, 4 - (int)Math.Floor(Math.Log10(size))))
                .ToString("0.#########", CultureInfo.InvariantCulture),
        };
    }
}

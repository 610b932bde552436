using System.Globalization;

namespace SoftBoN.Kernels.Plots.Charts;

/// <summary>A labelled place on an axis.</summary>
internal readonly record struct Tick(double Value, string Label);

/// <summary>Round values along an axis.</summary>
internal static class Ticks
{
    private const int MostDecimals = 15;

    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    public static IReadOnlyList<Tick> Linear(double least, double most, int about)
    {
        double raw = (most - least) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * Array.Find(Steps, one => one * power >= raw * (1 - 1e-9));
        var ticks = new List<Tick>();
        for (double i = Math.Ceiling((least / step) - 1e-9); i * step <= most + (1e-9 * step); i++)
        {
            ticks.Add(new Tick(i * step, Plain(i * step, step)));
        }

        return ticks;
    }

    /// <summary>Powers of ten, thinned to the number asked for; with 2 and 5 between them where they are few.</summary>
    public static IReadOnlyList<Tick> Log(double least, double most, int about)
    {
        int first = (int)Math.Ceiling(Math.Log10(least) - 1e-9);
        int last = (int)Math.Floor(Math.Log10(most) + 1e-9);
        if (last - first < 2)
        {
            List<Tick> few = Between(least, most, first - 1, last);
            return few.Count > 1 || least == most ? few : Linear(least, most, about / 2);
        }

        int stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)about));
        var ticks = new List<Tick>();
        for (int exponent = first; exponent <= last; exponent++)
        {
            if (exponent % stride == 0)
            {
                ticks.Add(new Tick(Math.Pow(10, exponent), Power(exponent)));
            }
        }

        return ticks;
    }

    private static List<Tick> Between(double least, double most, int first, int last)
    {
        var ticks = new List<Tick>();
        for (int exponent = first; exponent <= last; exponent++)
        {
            foreach (double digit in (double[])[1, 2, 5])
            {
                double value = digit * Math.Pow(10, exponent);
                if (value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9))
                {
                    ticks.Add(new Tick(value, value.ToString(value < 1 ? "G6" : "#,0", CultureInfo.InvariantCulture)));
                }
            }
        }

        return ticks;
    }

    private static string Plain(double value, double step)
    {
        int decimals = Enumerable.Range(0, MostDecimals)
            .FirstOrDefault(count => Math.Abs(Math.Round(step, count) - step) < 1e-9 * step, MostDecimals);
        string text = Math.Abs(value).ToString("N" + decimals, CultureInfo.InvariantCulture);
        return value < -step / 2 ? "−" + text : text;
    }

    private static string Power(int exponent) => exponent is >= -3 and <= 5
        ? Math.Pow(10, exponent).ToString("#,0.###", CultureInfo.InvariantCulture)
        : "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(Raised));

    private static char Raised(char digit) => digit switch
    {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => (char)('⁰' + (digit - '0')),
    };
}

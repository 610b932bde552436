using System.Globalization;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Study.Sources;

/// <summary>The temperatures of a study: given, or spread around the reward's own scale.</summary>
internal static class Temperatures
{
    /// <summary>The word for temperatures by the reward's scale.</summary>
    public const string Auto = "auto";

    private static readonly double[] InSpreads =
        [double.PositiveInfinity, 16, 8, 5, 3.5, 2.5, 1.8, 1.3, 1, 0.75, 0.55, 0.4, 0.28, 0.2, 0.12, 0.06, 0.03, 0];

    private static readonly double[] Colder = [0.01, 0.003, 0.001];

    /// <summary>The list, or multiples of a standard deviation, rounded to two digits, hottest first.</summary>
    public static double[] Of(string list, double spread) => Of(list, spread, InSpreads);

    /// <summary>The same, and auto has colder ones before 0: for rewards that differ on more than one scale.</summary>
    public static double[] OfFine(string list, double spread) =>
        Of(list, spread, [.. InSpreads[..^1], .. Colder, 0]);

    /// <summary>A temperature in a sentence.</summary>
    public static string Show(double lambda) => $"λ = {NumberText.Brief(lambda)}";

    private static double[] Of(string list, double spread, double[] multiples) => list == Auto
        ? [.. multiples.Select(multiple => Rounded(multiple * (spread > 0 ? spread : 1)))]
        : NumberLists.Numbers(list);

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

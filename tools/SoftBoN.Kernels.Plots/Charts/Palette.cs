namespace SoftBoN.Kernels.Plots.Charts;

/// <summary>Colours that people with any colour vision tell apart (Okabe and Ito), and those of the page.</summary>
internal enum Ink
{
    Blue,
    Vermillion,
    Green,
    Purple,
    Orange,
    Sky,

    /// <summary>Black on a light page, white on a dark one.</summary>
    Black,
    Grey,

    /// <summary>Lines of the grid.</summary>
    Grid,

    /// <summary>The page.</summary>
    Page,
}

/// <summary>The colours as #rrggbb, on a light page and on a dark one.</summary>
internal static class Palette
{
    private static readonly string[] LightColours =
    [
        "#0072b2", "#d55e00", "#009e73", "#b0508a", "#e69f00", "#56b4e9", "#1a1a1a", "#666666", "#e2e2e2", "#ffffff",
    ];

    private static readonly string[] DarkColours =
    [
        "#4a9fe0", "#f0792a", "#22bd91", "#dd8fbf", "#f0b429", "#9ad4f5", "#f0f0f0", "#a8a8a8", "#34383f", "#15181d",
    ];

    private static readonly Ink[] Order =
        [Ink.Blue, Ink.Vermillion, Ink.Green, Ink.Purple, Ink.Orange, Ink.Sky, Ink.Black, Ink.Grey];

    private static readonly Marker[] Markers =
    [
        Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond, Marker.Cross, Marker.DownTriangle, Marker.Plus,
        Marker.Bar,
    ];

    public static string Light(Ink ink) => LightColours[(int)ink];

    public static string Dark(Ink ink) => DarkColours[(int)ink];

    /// <summary>The colour of the i-th of several series.</summary>
    public static Ink Nth(int i) => Order[i % Order.Length];

    /// <summary>The mark of the i-th of several series, so that no series is known by colour alone.</summary>
    public static Marker NthMarker(int i) => Markers[i % Markers.Length];
}

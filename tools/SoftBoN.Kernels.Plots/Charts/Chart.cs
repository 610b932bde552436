namespace SoftBoN.Kernels.Plots.Charts;

/// <summary>How an axis maps values to places.</summary>
internal enum AxisScale
{
    Linear,

    /// <summary>By the logarithm; values have to be positive, others are left out.</summary>
    Log,
}

/// <summary>An axis: what it shows, in which unit, how.</summary>
/// <param name="Label">What it shows, with the unit.</param>
/// <param name="Scale">How values become places.</param>
internal sealed record Axis(string Label, AxisScale Scale = AxisScale.Linear)
{
    /// <summary>Where it begins; NaN takes the smallest value.</summary>
    public double Least { get; init; } = double.NaN;

    /// <summary>Where it ends; NaN takes the largest value.</summary>
    public double Most { get; init; } = double.NaN;
}

/// <summary>A point of a series.</summary>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its place on the vertical axis.</param>
/// <param name="Note">What to say of it beside its values; may be empty.</param>
internal readonly record struct ChartPoint(double X, double Y, string Note = "");

/// <summary>How a line is drawn.</summary>
internal enum Dash
{
    Solid,
    Dashed,
    Dotted,

    /// <summary>No line: marks alone.</summary>
    None,
}

/// <summary>What stands at a point.</summary>
internal enum Marker
{
    None,
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    DownTriangle,
    Plus,
    Bar,
    Star,
}

/// <summary>Points that belong together.</summary>
/// <param name="Name">Its words in the legend.</param>
/// <param name="Points">Its points, in the order of the line.</param>
/// <param name="Ink">Its colour.</param>
internal sealed record Series(string Name, IReadOnlyList<ChartPoint> Points, Ink Ink)
{
    public Dash Dash { get; init; } = Dash.Solid;

    public Marker Marker { get; init; } = Marker.None;

    /// <summary>The line's width, in pixels at the plot's own size.</summary>
    public double Width { get; init; } = 2;
}

/// <summary>A plot.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">A sentence or two on what it shows.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn; later ones lie on top.</param>
internal sealed record Chart(
    string Name, string Title, string Caption, Axis X, Axis Y, IReadOnlyList<Series> Series);

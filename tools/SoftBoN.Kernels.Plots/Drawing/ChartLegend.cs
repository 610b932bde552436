namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>Which line is which, one below the other.</summary>
internal sealed class ChartLegend(IReadOnlyList<Series> series)
{
    private const double Sample = 30;
    private const double Gap = 8;
    private const double LineHeight = 22;
    private const double MarkSize = 8;

    private static readonly TextStyle NameStyle = new(13, Ink.Black);

    /// <summary>The room that it takes, in pixels.</summary>
    public double Width { get; } =
        Sample + Gap + series.Select(one => Typefaces.Measure(one.Name, NameStyle)).DefaultIfEmpty(0).Max();

    public void Paint(ISurface surface, Place corner)
    {
        var everywhere = new Box(0, 0, ChartPainter.Width, ChartPainter.Height);
        for (int i = 0; i < series.Count; i++)
        {
            Series one = series[i];
            double y = corner.Y + (i * LineHeight);
            if (one.Dash != Dash.None)
            {
                Place[] sample = [new(corner.X, y), new(corner.X + Sample, y)];
                surface.Path(sample, new Stroke(one.Ink, one.Width, one.Dash), everywhere);
            }

            if (one.Marker != Marker.None)
            {
                surface.Mark(new Place(corner.X + (Sample / 2), y), one.Marker, one.Ink, MarkSize);
            }

            surface.Text(new Place(corner.X + Sample + Gap, y + 4.5), one.Name, NameStyle);
        }
    }
}

using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>Lays a chart out and paints it; title above and legend to the right, nothing lies on the data.</summary>
internal sealed class ChartPainter
{
    public const double Width = 860;
    public const double Height = 480;

    private const double MarkSize = 8;
    private const double TickLength = 5;

    private static readonly TextStyle TitleStyle = new(17, Ink.Black) { Medium = true };
    private static readonly TextStyle LabelStyle = new(14, Ink.Black, Anchor.Middle);
    private static readonly TextStyle TickStyle = new(13, Ink.Grey, Anchor.Middle);

    private readonly Chart _chart;
    private readonly AxisMap _x;
    private readonly AxisMap _y;
    private readonly Box _area;
    private readonly ChartLegend _legend;

    public ChartPainter(Chart chart)
    {
        _chart = chart;
        ChartPoint[] points = [.. chart.Series.SelectMany(series => series.Points)];
        _x = new AxisMap(chart.X, points.Select(point => point.X));
        _y = new AxisMap(chart.Y, points.Select(point => point.Y));
        _legend = new ChartLegend(chart.Series);
        double labels = _y.Ticks.Select(tick => Typefaces.Measure(tick.Label, TickStyle)).DefaultIfEmpty(0).Max();
        _area = new Box(labels + 48, 48, Width - _legend.Width - 24, Height - 62);
        _x.Place(_area.Left, _area.Right);
        _y.Place(_area.Bottom, _area.Top);
    }

    public void Paint(ISurface surface)
    {
        surface.Text(new Place(_area.Left, 28), _chart.Title, TitleStyle);
        PaintAxes(surface);
        foreach (Series series in _chart.Series)
        {
            PaintSeries(series, surface);
        }

        _legend.Paint(surface, new Place(_area.Right + 20, _area.Top + 8));
        foreach (Series series in _chart.Series)
        {
            PaintNotes(series, surface);
        }
    }

    private void PaintAxes(ISurface surface)
    {
        var grid = new Stroke(Ink.Grid, 1);
        var frame = new Stroke(Ink.Grey, 1);
        foreach (Tick tick in _x.Ticks)
        {
            double x = _x.At(tick.Value);
            surface.Line(new Place(x, _area.Top), new Place(x, _area.Bottom), grid);
            surface.Line(new Place(x, _area.Bottom), new Place(x, _area.Bottom + TickLength), frame);
            surface.Text(new Place(x, _area.Bottom + 21), tick.Label, TickStyle);
        }

        foreach (Tick tick in _y.Ticks)
        {
            double y = _y.At(tick.Value);
            surface.Line(new Place(_area.Left, y), new Place(_area.Right, y), grid);
            surface.Line(new Place(_area.Left - TickLength, y), new Place(_area.Left, y), frame);
            surface.Text(new Place(_area.Left - 9, y + 4.5), tick.Label, TickStyle with { Anchor = Anchor.End });
        }

        surface.Line(new Place(_area.Left, _area.Bottom), new Place(_area.Right, _area.Bottom), frame);
        surface.Line(new Place(_area.Left, _area.Top), new Place(_area.Left, _area.Bottom), frame);
        double middle = (_area.Left + _area.Right) / 2;
        surface.Text(new Place(middle, Height - 14), _chart.X.Label, LabelStyle);
        double height = (_area.Top + _area.Bottom) / 2;
        surface.Text(new Place(20, height), _chart.Y.Label, LabelStyle with { Upwards = true });
    }

    private void PaintSeries(Series series, ISurface surface)
    {
        Place[] places = [.. Shown(series).Select(At)];
        if (series.Dash != Dash.None && places.Length > 1)
        {
            surface.Path(places, new Stroke(series.Ink, series.Width, series.Dash), _area);
        }

        foreach (Place place in places.Where(place => series.Marker != Marker.None && _area.Contains(place)))
        {
            surface.Mark(place, series.Marker, series.Ink, MarkSize);
        }
    }

    private void PaintNotes(Series series, ISurface surface)
    {
        foreach (ChartPoint point in Shown(series).Where(point => _area.Contains(At(point))))
        {
            string x = $"{_chart.X.Label}: {NumberText.Brief(point.X)}";
            string y = $"{_chart.Y.Label}: {NumberText.Brief(point.Y)}";
            string more = point.Note.Length > 0 ? "\n" + point.Note : "";
            surface.Note(At(point), $"{series.Name}\n{x}\n{y}{more}");
        }
    }

    private IEnumerable<ChartPoint> Shown(Series series) =>
        series.Points.Where(point => _x.Shows(point.X) && _y.Shows(point.Y));

    private Place At(ChartPoint point) => new(_x.At(point.X), _y.At(point.Y));
}

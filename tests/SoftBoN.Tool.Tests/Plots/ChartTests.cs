using SoftBoN.Kernels.Plots;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Drawing;

namespace SoftBoN.Tool.Tests.Plots;

/// <summary>Plots: nothing overlaps, nothing leaves the picture, and pixels and SVG show the same.</summary>
public class ChartTests
{
    /// <summary>Least and most of an axis, and its scale.</summary>
    public static TheoryData<double, double, bool> Ranges => new()
    {
        { 0, 1, false },
        { -0.35, 0.28, false },
        { 0, 0.013, false },
        { 1234567, 1234999, false },
        { -5000, 250000, false },
        { 3, 3, false },
        { 1, 4096, true },
        { 1e-12, 1, true },
        { 1e-40, 1e30, true },
        { 2, 7, true },
        { 0.11, 0.13, true },
        { 5, 5, true },
    };

    private static Chart Example(double least, double most, bool log)
    {
        var axis = new Axis("quantity, unit", log ? AxisScale.Log : AxisScale.Linear);
        ChartPoint[] points = [new(least, most), new(most, least, "note"), new(double.NaN, 1)];
        return new Chart(
            "example",
            "A title that is as long as titles are",
            "",
            axis,
            axis,
            [
                new Series("a line & its name", points, Ink.Blue) { Marker = Marker.Circle },
                new Series("marks alone", points, Ink.Orange) { Dash = Dash.None, Marker = Marker.Star },
            ]);
    }

    [Fact]
    public void Eight_series_have_eight_colours_and_eight_marks_of_their_own_shape()
    {
        int[] series = [.. Enumerable.Range(0, 8)];
        Assert.Distinct(series.Select(Palette.Nth));
        Marker[] marks = [.. series.Select(Palette.NthMarker)];
        Assert.Distinct(marks);
        Assert.Distinct(marks.Where(mark => mark != Marker.Circle)
            .Select(mark => string.Join(' ', Shapes.Corners(new Place(0, 0), mark, 8))));
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Texts_do_not_overlap_and_stay_inside(double least, double most, bool log)
    {
        var surface = new RecordingSurface();
        new ChartPainter(Example(least, most, log)).Paint(surface);
        foreach ((string text, Box box) in surface.Texts)
        {
            Assert.True(
                box.Left >= 0 && box.Top >= 0 && box.Right <= ChartPainter.Width && box.Bottom <= ChartPainter.Height,
                $"\"{text}\" leaves the picture: {box}");
            Assert.All(
                surface.Texts.Where(other => other.Box != box),
                other => Assert.False(Meet(box, other.Box), $"\"{text}\" and \"{other.Text}\" overlap"));
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Axes_have_at_least_two_labels_unless_there_is_one_value(double least, double most, bool log)
    {
        var surface = new RecordingSurface();
        new ChartPainter(Example(least, most, log)).Paint(surface);
        int labels = surface.Texts.Count(text => char.IsAsciiDigit(text.Text.TrimStart('−')[0]));
        Assert.True(labels >= (least == most ? 2 : 4), $"{labels} labels on two axes");
    }

    [Fact]
    public void Points_that_have_no_place_are_left_out()
    {
        var surface = new RecordingSurface();
        Axis axis = new("x", AxisScale.Log);
        ChartPoint[] points = [new(1, 1), new(0, 1), new(10, double.PositiveInfinity), new(-1, 2), new(10, 10)];
        new ChartPainter(new Chart("c", "c", "", axis, axis, [new Series("s", points, Ink.Blue)])).Paint(surface);
        Assert.Equal(2, surface.Notes);
    }

    [Fact]
    public void Svg_is_well_formed_and_escapes_names()
    {
        string svg = ChartFile.Svg(Example(0, 1, false), notes: true);
        var document = System.Xml.Linq.XDocument.Parse(svg);
        Assert.Contains("a line & its name", document.Descendants().Select(element => element.Value));
        Assert.Equal(4, document.Descendants().Count(element => (string?)element.Attribute("class") == "note"));
        Assert.DoesNotContain("data-note", ChartFile.Svg(Example(0, 1, false), notes: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Png_shows_the_lines_colours_and_letters()
    {
        using var stream = new MemoryStream();
        ChartFile.WritePng(Example(0, 1, false), stream);
        using SkiaSharp.SKBitmap picture = SkiaSharp.SKBitmap.Decode(stream.ToArray());
        Assert.Equal((1720, 960), (picture.Width, picture.Height));
        Dictionary<SkiaSharp.SKColor, int> pixels = picture.Pixels.GroupBy(pixel => pixel)
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.True(pixels[SkiaSharp.SKColor.Parse(Palette.Light(Ink.Blue))] > 1000);
        Assert.True(pixels[SkiaSharp.SKColor.Parse(Palette.Light(Ink.Orange))] > 100);

        // The title: letters need a font, and without one there are no pixels of this colour.
        Assert.True(pixels[SkiaSharp.SKColor.Parse(Palette.Light(Ink.Black))] > 1000);
    }

    private static bool Meet(Box a, Box b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
}

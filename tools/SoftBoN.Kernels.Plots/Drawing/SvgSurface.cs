using System.Globalization;
using System.Net;
using System.Text;

namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>
/// Writes SVG. Shapes carry their light colours as attributes, which any viewer shows, and a class, by which a page's
/// style can put others in their place.
/// </summary>
internal sealed class SvgSurface(double width, double height, Chart chart, bool notes) : ISurface
{
    /// <summary>The fonts to look for; the first is what widths were measured with.</summary>
    private const string Fonts = "Roboto, 'Helvetica Neue', Arial, sans-serif";

    private readonly StringBuilder _shapes = new();
    private readonly List<Box> _clips = [];

    public void Line(Place from, Place to, Stroke stroke) => _shapes.Append(
        $"<line x1=\"{Show(from.X)}\" y1=\"{Show(from.Y)}\" x2=\"{Show(to.X)}\" y2=\"{Show(to.Y)}\""
        + $"{Style(stroke)}/>\n");

    public void Path(IReadOnlyList<Place> places, Stroke stroke, Box clip)
    {
        _shapes.Append(
            $"<polyline clip-path=\"url(#{ClipId(clip)})\" points=\"{Corners(places)}\" fill=\"none\" "
            + $"stroke-linejoin=\"round\"{Style(stroke)}/>\n");
    }

    public void Mark(Place place, Marker marker, Ink ink, double size)
    {
        string fill = $" class=\"f-{Word(ink)}\" fill=\"{Palette.Light(ink)}\"";
        _shapes.Append(marker == Marker.Circle
            ? $"<circle cx=\"{Show(place.X)}\" cy=\"{Show(place.Y)}\" r=\"{Show(size / 2)}\"{fill}/>\n"
            : $"<polygon points=\"{Corners(Shapes.Corners(place, marker, size))}\"{fill}/>\n");
    }

    public void Text(Place place, string text, TextStyle style)
    {
        string anchor = style.Anchor switch
        {
            Anchor.Middle => " text-anchor=\"middle\"",
            Anchor.End => " text-anchor=\"end\"",
            _ => "",
        };
        string turn = style.Upwards ? $" transform=\"rotate(-90 {Show(place.X)} {Show(place.Y)})\"" : "";
        string weight = style.Medium ? " font-weight=\"500\"" : "";

        // A reader without the font gets letters of another width, squeezed or stretched to the room there is.
        string length = $" textLength=\"{Show(Typefaces.Measure(text, style))}\" lengthAdjust=\"spacingAndGlyphs\"";
        _shapes.Append(
            $"<text x=\"{Show(place.X)}\" y=\"{Show(place.Y)}\" font-size=\"{Show(style.Size)}\""
            + $"{anchor}{weight}{turn}{length} class=\"f-{Word(style.Ink)}\" fill=\"{Palette.Light(style.Ink)}\">"
            + $"{WebUtility.HtmlEncode(text)}</text>\n");
    }

    public void Note(Place place, string text)
    {
        if (notes)
        {
            string lines = WebUtility.HtmlEncode(text).Replace("\n", "&#10;", StringComparison.Ordinal);
            _shapes.Append(
                $"<circle class=\"note\" cx=\"{Show(place.X)}\" cy=\"{Show(place.Y)}\" r=\"6\" fill=\"#000\" "
                + $"fill-opacity=\"0\" data-note=\"{lines}\"/>\n");
        }
    }

    /// <summary>The whole picture.</summary>
    public override string ToString()
    {
        string clips = string.Concat(_clips.Select((box, i) =>
            $"<clipPath id=\"{ClipName(i)}\"><rect x=\"{Show(box.Left)}\" y=\"{Show(box.Top)}\" "
            + $"width=\"{Show(box.Width)}\" height=\"{Show(box.Height)}\"/></clipPath>\n"));
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Show(width)} {Show(height)}\" "
            + $"width=\"{Show(width)}\" height=\"{Show(height)}\" role=\"img\" font-family=\"{Fonts}\">\n"
            + $"<title>{WebUtility.HtmlEncode(chart.Title)}</title>\n"
            + $"<rect width=\"{Show(width)}\" height=\"{Show(height)}\" class=\"f-page\" "
            + $"fill=\"{Palette.Light(Ink.Page)}\"/>\n<defs>{clips}</defs>\n{_shapes}</svg>\n";
    }

    /// <summary>The word for a colour in class names.</summary>
    public static string Word(Ink ink) => ink.ToString().ToLowerInvariant();

    private string ClipId(Box clip)
    {
        if (!_clips.Contains(clip))
        {
            _clips.Add(clip);
        }

        return ClipName(_clips.IndexOf(clip));
    }

    /// <summary>Names are those of a whole page where pictures stand together, so the title tells them apart.</summary>
    /// <summary>By the chart's name, which is its own on a page; titles need not be.</summary>
    private string ClipName(int i) => $"clip-{chart.Name}-{i}";

    private static string Style(Stroke stroke)
    {
        ReadOnlySpan<double> lengths = Shapes.Lengths(stroke.Dash);
        string dashes = lengths.IsEmpty
            ? ""
            : $" stroke-dasharray=\"{string.Join(' ', lengths.ToArray().Select(Show))}\"";
        return $" class=\"s-{Word(stroke.Ink)}\" stroke=\"{Palette.Light(stroke.Ink)}\" "
            + $"stroke-width=\"{Show(stroke.Width)}\"{dashes}";
    }

    private static string Corners(IReadOnlyList<Place> places) =>
        string.Join(' ', places.Select(place => Show(place.X) + "," + Show(place.Y)));

    private static string Show(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}

using SkiaSharp;

namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>Paints pixels, on a light page.</summary>
internal sealed class PixelSurface : ISurface, IDisposable
{
    private readonly SKSurface _surface;
    private readonly SKPaint _paint = new() { IsAntialias = true };

    /// <param name="width">The picture's width in pixels of the plot.</param>
    /// <param name="height">Its height.</param>
    /// <param name="scale">Pixels of the file per pixel of the plot.</param>
    public PixelSurface(double width, double height, double scale)
    {
        var info = new SKImageInfo(
            (int)(width * scale), (int)(height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        _surface = SKSurface.Create(info);
        _surface.Canvas.Clear(Colour(Ink.Page));
        _surface.Canvas.Scale((float)scale);
    }

    public void Line(Place from, Place to, Stroke stroke)
    {
        using SKPathEffect? dashes = Prepare(stroke);
        _surface.Canvas.DrawLine(Point(from), Point(to), _paint);
    }

    public void Path(IReadOnlyList<Place> places, Stroke stroke, Box clip)
    {
        using SKPathEffect? dashes = Prepare(stroke);
        using SKPath path = Outline(places, closed: false);
        _surface.Canvas.Save();
        _surface.Canvas.ClipRect(
            new SKRect((float)clip.Left, (float)clip.Top, (float)clip.Right, (float)clip.Bottom));
        _surface.Canvas.DrawPath(path, _paint);
        _surface.Canvas.Restore();
    }

    public void Mark(Place place, Marker marker, Ink ink, double size)
    {
        Fill(ink);
        if (marker == Marker.Circle)
        {
            _surface.Canvas.DrawCircle(Point(place), (float)size / 2, _paint);
            return;
        }

        using SKPath path = Outline(Shapes.Corners(place, marker, size), closed: true);
        _surface.Canvas.DrawPath(path, _paint);
    }

    public void Text(Place place, string text, TextStyle style)
    {
        Fill(style.Ink);
        using SKFont font = Typefaces.Font(style);
        SKTextAlign align = style.Anchor switch
        {
            Anchor.Middle => SKTextAlign.Center,
            Anchor.End => SKTextAlign.Right,
            _ => SKTextAlign.Left,
        };
        _surface.Canvas.Save();
        _surface.Canvas.Translate(Point(place));
        _surface.Canvas.RotateDegrees(style.Upwards ? -90 : 0);
        _surface.Canvas.DrawText(text, 0, 0, align, font, _paint);
        _surface.Canvas.Restore();
    }

    public void Note(Place place, string text)
    {
        // Pixels say nothing.
    }

    public void SavePng(Stream stream)
    {
        using SKImage image = _surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    public void Dispose()
    {
        _paint.Dispose();
        _surface.Dispose();
    }

    private void Fill(Ink ink)
    {
        _paint.Style = SKPaintStyle.Fill;
        _paint.PathEffect = null;
        _paint.Color = Colour(ink);
    }

    private SKPathEffect? Prepare(Stroke stroke)
    {
        ReadOnlySpan<double> lengths = Shapes.Lengths(stroke.Dash);
        SKPathEffect? dashes = lengths.IsEmpty
            ? null
            : SKPathEffect.CreateDash([.. lengths.ToArray().Select(length => (float)length)], 0);
        _paint.Style = SKPaintStyle.Stroke;
        _paint.StrokeWidth = (float)stroke.Width;
        _paint.StrokeJoin = SKStrokeJoin.Round;
        _paint.PathEffect = dashes;
        _paint.Color = Colour(stroke.Ink);
        return dashes;
    }

    private static SKPath Outline(IReadOnlyList<Place> places, bool closed)
    {
        var path = new SKPath();
        path.AddPoly([.. places.Select(Point)], closed);
        return path;
    }

    private static SKPoint Point(Place place) => new((float)place.X, (float)place.Y);

    private static SKColor Colour(Ink ink) => SKColor.Parse(Palette.Light(ink));
}

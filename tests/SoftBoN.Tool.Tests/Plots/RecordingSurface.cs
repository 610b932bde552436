using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Drawing;

namespace SoftBoN.Tool.Tests.Plots;

/// <summary>Remembers where texts and marks were put.</summary>
internal sealed class RecordingSurface : ISurface
{
    public List<(string Text, Box Box)> Texts { get; } = [];

    public List<Place> Marks { get; } = [];

    public List<Box> Clips { get; } = [];

    public int Notes { get; private set; }

    public void Line(Place from, Place to, Stroke stroke)
    {
    }

    public void Path(IReadOnlyList<Place> places, Stroke stroke, Box clip) => Clips.Add(clip);

    public void Mark(Place place, Marker marker, Ink ink, double size) => Marks.Add(place);

    public void Text(Place place, string text, TextStyle style)
    {
        double width = Typefaces.Measure(text, style);
        double left = style.Anchor switch { Anchor.Middle => -width / 2, Anchor.End => -width, _ => 0 };
        Texts.Add((text, style.Upwards
            ? new Box(place.X - style.Size, place.Y + left, place.X, place.Y + left + width)
            : new Box(place.X + left, place.Y - (0.8 * style.Size), place.X + left + width, place.Y)));
    }

    public void Note(Place place, string text) => Notes++;
}

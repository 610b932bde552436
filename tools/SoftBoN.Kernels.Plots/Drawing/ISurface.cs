namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>What a chart is painted on.</summary>
internal interface ISurface
{
    void Line(Place from, Place to, Stroke stroke);

    /// <summary>A line through several places, cut off at the box.</summary>
    void Path(IReadOnlyList<Place> places, Stroke stroke, Box clip);

    void Mark(Place place, Marker marker, Ink ink, double size);

    void Text(Place place, string text, TextStyle style);

    /// <summary>Something to be said when a reader points at a place; not every surface can.</summary>
    void Note(Place place, string text);
}

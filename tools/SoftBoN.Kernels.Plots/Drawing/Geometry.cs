namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>A place on a picture, in pixels from its upper left corner.</summary>
internal readonly record struct Place(double X, double Y);

/// <summary>A rectangle on a picture.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public bool Contains(Place place) =>
        place.X >= Left - 0.5 && place.X <= Right + 0.5 && place.Y >= Top - 0.5 && place.Y <= Bottom + 0.5;
}

/// <summary>Which end of a text is at its place.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>How a text looks.</summary>
/// <param name="Size">The font's size, in pixels.</param>
/// <param name="Ink">Its colour.</param>
/// <param name="Anchor">Which end is at its place.</param>
internal readonly record struct TextStyle(double Size, Ink Ink, Anchor Anchor = Anchor.Start)
{
    public bool Medium { get; init; }

    /// <summary>Whether it runs upwards.</summary>
    public bool Upwards { get; init; }
}

/// <summary>How a line looks.</summary>
internal readonly record struct Stroke(Ink Ink, double Width, Dash Dash = Dash.Solid);

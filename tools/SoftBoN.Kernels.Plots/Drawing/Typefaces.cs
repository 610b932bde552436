using SkiaSharp;

namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>The fonts that come with the program, so that a picture is the same on every machine.</summary>
internal static class Typefaces
{
    private static readonly SKTypeface Regular = Load("Roboto-Regular.ttf");
    private static readonly SKTypeface Medium = Load("Roboto-Medium.ttf");

    /// <summary>A font of a style.</summary>
    public static SKFont Font(TextStyle style) => new(style.Medium ? Medium : Regular, (float)style.Size)
    {
        Edging = SKFontEdging.Antialias,
        Subpixel = true,
        Hinting = SKFontHinting.None,
    };

    /// <summary>A text's width in pixels.</summary>
    public static double Measure(string text, TextStyle style)
    {
        using SKFont font = Font(style);
        return font.MeasureText(text);
    }

    private static SKTypeface Load(string name)
    {
        using Stream stream = typeof(Typefaces).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the font {name} is missing from the program; build it anew");
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}

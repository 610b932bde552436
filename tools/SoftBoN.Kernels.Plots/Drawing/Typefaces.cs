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
        using SKData data = SKData.CreateCopy(Resources.Read(name));
        return SKTypeface.FromData(data);
    }
}

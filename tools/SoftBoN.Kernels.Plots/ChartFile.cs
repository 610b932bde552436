using SoftBoN.Kernels.Plots.Drawing;

namespace SoftBoN.Kernels.Plots;

/// <summary>A chart as a picture.</summary>
internal static class ChartFile
{
    private const double PngScale = 2;

    public static void WritePng(Chart chart, Stream stream)
    {
        using var surface = new PixelSurface(ChartPainter.Width, ChartPainter.Height, PngScale);
        new ChartPainter(chart).Paint(surface);
        surface.SavePng(stream);
    }

    /// <param name="chart">The chart.</param>
    /// <param name="notes">Whether points say their values to a page that asks for them.</param>
    public static string Svg(Chart chart, bool notes)
    {
        var surface = new SvgSurface(ChartPainter.Width, ChartPainter.Height, chart, notes);
        new ChartPainter(chart).Paint(surface);
        return surface.ToString();
    }
}

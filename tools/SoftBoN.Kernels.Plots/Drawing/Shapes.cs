namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>The outlines of marks and the lengths of dashes, the same on every surface.</summary>
internal static class Shapes
{
    private static readonly double[] DashedLengths = [7, 4];
    private static readonly double[] DottedLengths = [2, 3.5];

    /// <summary>Lengths of line and gap in turn; empty for a whole line.</summary>
    public static ReadOnlySpan<double> Lengths(Dash dash) => dash switch
    {
        Dash.Dashed => DashedLengths,
        Dash.Dotted => DottedLengths,
        _ => [],
    };

    /// <summary>The corners of a mark that has corners, around a place.</summary>
    public static IReadOnlyList<Place> Corners(Place at, Marker marker, double size)
    {
        double r = size / 2;
        return marker switch
        {
            Marker.Square => Around(at, (-r, -r), (r, -r), (r, r), (-r, r)),
            Marker.Triangle => Around(at, (0, -1.25 * r), (1.15 * r, 0.85 * r), (-1.15 * r, 0.85 * r)),
            Marker.Diamond => Around(at, (0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)),
            Marker.Cross => Around(at, [.. Cross(r, 0.38 * r)]),
            Marker.DownTriangle => Around(at, (0, 1.25 * r), (1.15 * r, -0.85 * r), (-1.15 * r, -0.85 * r)),
            Marker.Plus => Around(at, [.. Plus(1.2 * r, 0.35 * r)]),
            Marker.Bar => Around(at, (-1.4 * r, -0.5 * r), (1.4 * r, -0.5 * r), (1.4 * r, 0.5 * r), (-1.4 * r, 0.5 * r)),
            Marker.Star => Around(at, [.. Star(1.7 * r)]),
            _ => throw new ArgumentOutOfRangeException(nameof(marker), marker, "has no corners"),
        };
    }

    private static IEnumerable<(double X, double Y)> Cross(double r, double w) =>
    [
        (-r, w - r), (w - r, -r), (0, -w), (r - w, -r), (r, w - r), (w, 0), (r, r - w), (r - w, r), (0, w), (w - r, r),
        (-r, r - w), (-w, 0),
    ];

    private static IEnumerable<(double X, double Y)> Plus(double r, double w) =>
    [
        (-w, -r), (w, -r), (w, -w), (r, -w), (r, w), (w, w), (w, r), (-w, r), (-w, w), (-r, w), (-r, -w), (-w, -w),
    ];

    private static IEnumerable<(double X, double Y)> Star(double r)
    {
        for (int i = 0; i < 10; i++)
        {
            double reach = i % 2 == 0 ? r : 0.42 * r;
            yield return (reach * Math.Sin(i * Math.PI / 5), -reach * Math.Cos(i * Math.PI / 5));
        }
    }

    private static Place[] Around(Place at, params (double X, double Y)[] corners) =>
        [.. corners.Select(corner => new Place(at.X + corner.X, at.Y + corner.Y))];
}

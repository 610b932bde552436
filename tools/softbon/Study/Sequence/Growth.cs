namespace SoftBoN.Tool.Study.Sequence;

/// <summary>A straight line through points, by least squares.</summary>
/// <param name="Slope">Its slope.</param>
/// <param name="Fit">R squared: the share of the variance it explains; 1 where nothing varies.</param>
internal readonly record struct Line(double Slope, double Fit)
{
    public static Line Through(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        (double meanX, double meanY) = (xs.Average(), ys.Average());
        double spreadX = xs.Sum(x => (x - meanX) * (x - meanX));
        double spreadY = ys.Sum(y => (y - meanY) * (y - meanY));
        double both = xs.Zip(ys, (x, y) => (x - meanX) * (y - meanY)).Sum();
        return new(both / spreadX, spreadY > 0 ? both * both / (spreadX * spreadY) : 1);
    }
}

/// <summary>How something grows with the length m.</summary>
/// <param name="Power">p, if it is m^p.</param>
/// <param name="Exponential">a, if it is exp(a m): nats per symbol.</param>
internal readonly record struct Growth(Line Power, Line Exponential)
{
    /// <summary>Both fits, by logarithms; null with fewer than three lengths.</summary>
    public static Growth? Of(IReadOnlyList<(double Length, double Value)> points)
    {
        if (points.Select(point => point.Length).Distinct().Count() < 3)
        {
            return null;
        }

        double[] lengths = [.. points.Select(point => point.Length)];
        double[] logs = [.. points.Select(point => Math.Log(point.Value))];
        return new(Line.Through(Array.ConvertAll(lengths, Math.Log), logs), Line.Through(lengths, logs));
    }
}

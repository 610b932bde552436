namespace SoftBoN.Kernels.Plots.Drawing;

/// <summary>Maps an axis's values to pixels.</summary>
internal sealed class AxisMap
{
    /// <summary>How far beyond the values a linear axis goes, as a share of their range.</summary>
    private const double Margin = 0.04;

    private readonly bool _log;
    private readonly double _from;
    private readonly double _to;
    private double _begin;
    private double _scale;

    public AxisMap(Axis axis, IEnumerable<double> values)
    {
        _log = axis.Scale == AxisScale.Log;
        double[] shown = [.. values.Where(Shows)];
        double least = double.IsNaN(axis.Least) ? shown.DefaultIfEmpty(_log ? 1 : 0).Min() : axis.Least;
        double most = double.IsNaN(axis.Most) ? shown.DefaultIfEmpty(_log ? 10 : 1).Max() : axis.Most;
        (_from, _to) = (Forward(least), Forward(most));
        double room = _to > _from ? Margin * (_to - _from) : 0.5;
        _from -= double.IsNaN(axis.Least) || _to <= _from ? room : 0;
        _to += double.IsNaN(axis.Most) || _to <= _from ? room : 0;
        Ticks = _log
            ? Charts.Ticks.Log(Math.Pow(10, _from), Math.Pow(10, _to), 8)
            : Charts.Ticks.Linear(_from, _to, 7);
    }

    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>Lays the axis between two pixels.</summary>
    public void Place(double begin, double end)
    {
        _begin = begin;
        _scale = (end - begin) / (_to - _from);
    }

    /// <summary>Whether a value has a place on such an axis at all.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_log || value > 0);

    public double At(double value) => _begin + (_scale * (Forward(value) - _from));

    private double Forward(double value) => _log ? Math.Log10(value) : value;
}

namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The recurrence value = value * factor + term for non-negative numbers, keeping what each step rounds off: over a
/// million steps of nearly equal terms the rounding would all go one way.
/// </summary>
internal struct CompensatedHorner
{
    private double _high;
    private double _low;

    internal readonly double Value => _high + _low;

    internal void Step(double factor, double term)
    {
        double product = _high * factor;
        double productLost = Math.FusedMultiplyAdd(_high, factor, -product);
        double sum = product + term;
        double rest = sum - product;
        double sumLost = (product - (sum - rest)) + (term - rest);
        _low = (_low * factor) + (productLost + sumLost);
        _high = sum;
    }
}

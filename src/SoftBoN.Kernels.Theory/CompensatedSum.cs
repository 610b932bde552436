namespace SoftBoN.Kernels.Theory;

/// <summary>A running sum that keeps what each addition rounds off (Neumaier's form of Kahan's sum).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum; an overflow stays an infinity, though what was lost is then not a number.</summary>
    internal readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    internal void Add(double term)
    {
        double next = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? (_sum - next) + term : (term - next) + _sum;
        _sum = next;
    }
}

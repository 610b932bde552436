namespace SoftBoN.Kernels.Theory;

/// <summary>
/// The average over all sets of n out of N candidates of the soft best-of-n mean of their values: the integral of
/// <see cref="SoftRaceIntegral"/> for each set, all sets at once.
/// </summary>
/// <remarks>
/// <para>
/// At one t let x_j = exp(-t w_j), the chance that j has not rung, and c_j = v_j t w_j x_j. Averages over the sets of k
/// out of the first j candidates obey
/// a_j(k) = (1 - k/j) a_(j-1)(k) + (k/j) x_j a_(j-1)(k - 1) for the product of the x, and
/// d_j(k) = (1 - k/j) d_(j-1)(k) + (k/j) (x_j d_(j-1)(k - 1) + c_j a_(j-1)(k - 1)) for the sum of c_i times the
/// other x. The integrand is d_N(n).
/// </para>
/// <para>
/// Candidates that have not started (x = 1, c = 0) come first, where a = 1 and d = 0; those that have rung (x = 0) come
/// last and only multiply by the share of sets without them. So a node costs n times the candidates in its window.
/// </para>
/// </remarks>
internal sealed class SubsetRace
{
    private const double Step = SoftRaceIntegral.Step;

    private readonly double[] _rewards;
    private readonly double[] _values;
    private readonly double _lambda;
    private readonly int _n;
    private readonly double _reach;
    private readonly double[] _products;
    private readonly double[] _sums;

    /// <summary>Takes rewards in descending order and non-negative values.</summary>
    internal SubsetRace(double[] rewards, double[] values, double lambda, int n)
    {
        _rewards = rewards;
        _values = values;
        _lambda = lambda;
        _n = n;
        _reach = SoftRaceIntegral.Reach + Math.Log(n);
        _products = new double[n + 1];
        _sums = new double[n + 1];
    }

    internal double Average()
    {
        double total = 0;
        double open = 1;
        for (int first = 0, end; first < _rewards.Length && open > 0; first = end)
        {
            end = RunEnd(first);
            total += end == first + 1 ? open * _n / Remaining(first) * _values[first] : Run(first, end, open);
            for (int i = first; i < end; i++)
            {
                open *= SurvivalFactor(i);
            }
        }

        return total;
    }

    /// <summary>Candidates further apart than this in log-weight compete as in hard best-of-n.</summary>
    private int RunEnd(int first)
    {
        int end = first + 1;
        while (end < _rewards.Length
            && RealMath.Scale(_rewards[end - 1] - _rewards[end], _lambda) <= SoftRaceIntegral.WidestGap)
        {
            end++;
        }

        return end;
    }

    private int Remaining(int gone) => _rewards.Length - gone;

    /// <summary>How the share of sets without the first i candidates shrinks when the next one goes as well.</summary>
    private double SurvivalFactor(int i) => Math.Max(0, Remaining(i) - _n) / (double)Remaining(i);

    private double Run(int first, int end, double open)
    {
        double s = -Step * Math.Ceiling(_reach / Step);
        double sum = 0;
        int live = first;
        int entered = first;
        while (live < end && open > 0)
        {
            while (entered < end && Position(entered, first) - s <= _reach)
            {
                entered++;
            }

            while (live < entered && s - Position(live, first) > SoftRaceIntegral.Spent)
            {
                open *= SurvivalFactor(live);
                live++;
            }

            if (live < entered)
            {
                sum += open * Node(live, entered, first, s);
                s += Step;
            }
            else if (entered < end)
            {
                s += Step * Math.Max(1, Math.Ceiling((Position(entered, first) - _reach - s) / Step));
            }
        }

        return Step * sum;
    }

    private double Position(int i, int first) => RealMath.Scale(_rewards[first] - _rewards[i], _lambda);

    /// <summary>The average over sets of n that hold none of the candidates before the window.</summary>
    private double Node(int live, int entered, int first, double s)
    {
        int waiting = Remaining(entered);
        int candidates = Remaining(live);
        Array.Clear(_sums);
        Array.Fill(_products, 1);

        for (int j = waiting + 1; j <= candidates; j++)
        {
            int i = _rewards.Length - j;
            double rate = Math.Exp(s - Position(i, first));
            double x = Math.Exp(-rate);
            Include(j, x, _values[i] * rate * x, least: Math.Max(1, _n - (candidates - j)));
        }

        return _sums[_n];
    }

    /// <summary>One step of the recurrence, for the sizes that can still grow to n.</summary>
    private void Include(int j, double x, double c, int least)
    {
        for (int k = Math.Min(j, _n); k >= least; k--)
        {
            double share = (double)k / j;
            _sums[k] = ((1 - share) * _sums[k]) + (share * ((x * _sums[k - 1]) + (c * _products[k - 1])));
            _products[k] = ((1 - share) * _products[k]) + (share * x * _products[k - 1]);
        }
    }
}

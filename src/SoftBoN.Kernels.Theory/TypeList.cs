namespace SoftBoN.Kernels.Theory;

/// <summary>Lists the types of sequences over the levels of a symbol, with probability and summed reward.</summary>
internal sealed class TypeList
{
    private readonly RewardLevels _levels;
    private readonly double[] _probabilities;
    private readonly double[] _rewards;
    private int _written;

    internal TypeList(RewardLevels levels, int count)
    {
        _levels = levels;
        _probabilities = new double[count];
        _rewards = new double[count];
    }

    /// <summary>(length + levels - 1 choose levels - 1), or a smaller number once beyond a billion.</summary>
    internal static double Count(int levels, int length)
    {
        double count = 1;
        for (int i = 1; i < levels && count < 1e9; i++)
        {
            count *= ((double)length + i) / i;
        }

        return Math.Round(count);
    }

    internal FiniteAlphabet Build(int length)
    {
        Visit(level: 0, length, probability: 1, new CompensatedSum());
        return new FiniteAlphabet(_probabilities, _rewards);
    }

    /// <summary>Tries every count of this level among the symbols that remain.</summary>
    private void Visit(int level, int remaining, double probability, CompensatedSum reward)
    {
        if (level == _levels.Count - 1)
        {
            reward.Add(remaining * _levels.Rewards[level]);
            _probabilities[_written] = probability;
            _rewards[_written] = reward.Value;
            _written++;
            return;
        }

        double[] row = Binomial(remaining, _levels.Mass[level], _levels.AtOrBelow[level + 1]);
        for (int k = 0; k <= remaining; k++)
        {
            CompensatedSum next = reward;
            next.Add(k * _levels.Rewards[level]);
            Visit(level + 1, remaining - k, probability * row[k], next);
        }
    }

    /// <summary>
    /// The binomial law for odds success : failure, by ratios outwards from the mode: positive factors only, and the
    /// more steps of rounding the less the mass.
    /// </summary>
    private static double[] Binomial(int trials, double success, double failure)
    {
        var row = new double[trials + 1];
        double odds = success / failure;
        int mode = (int)Math.Min(trials, (trials + 1) * (success / (success + failure)));
        var sum = new CompensatedSum();
        row[mode] = 1;
        sum.Add(1);
        for (int k = mode; k < trials; k++)
        {
            row[k + 1] = row[k] * odds * (trials - k) / (k + 1);
            sum.Add(row[k + 1]);
        }

        for (int k = mode; k > 0; k--)
        {
            row[k - 1] = row[k] / odds * k / (trials - k + 1);
            sum.Add(row[k - 1]);
        }

        return Array.ConvertAll(row, r => r / sum.Value);
    }
}

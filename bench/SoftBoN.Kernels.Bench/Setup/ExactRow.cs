namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>The law of one row in double precision, by the textbook.</summary>
internal sealed class ExactRow
{
    private readonly double[] probabilities;

    public ExactRow(ReadOnlySpan<float> rewards, double lambda)
    {
        probabilities = new double[rewards.Length];
        double max = double.NegativeInfinity;
        foreach (float reward in rewards)
        {
            max = Math.Max(max, reward);
        }

        double sum = 0.0;
        for (int i = 0; i < rewards.Length; i++)
        {
            probabilities[i] = Math.Exp((rewards[i] - max) / lambda);
            sum += probabilities[i];
        }

        for (int i = 0; i < rewards.Length; i++)
        {
            probabilities[i] /= sum;
            Mean += probabilities[i] * rewards[i];
        }

        for (int i = 0; i < rewards.Length; i++)
        {
            Variance += probabilities[i] * (rewards[i] - Mean) * (rewards[i] - Mean);
        }

        LogMeanExp = max + (lambda * Math.Log(sum / rewards.Length));
    }

    /// <summary>The mean of the picked reward.</summary>
    public double Mean { get; }

    /// <summary>The variance of the picked reward.</summary>
    public double Variance { get; }

    /// <summary>lambda log mean exp(reward / lambda).</summary>
    public double LogMeanExp { get; }

    /// <summary>The probability of a candidate.</summary>
    public double this[int candidate] => probabilities[candidate];
}

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>Soft weights and their diagnostics from their formulas, in double precision.</summary>
internal sealed class ExactWeights
{
    public ExactWeights(ReadOnlySpan<float> rewards, double lambda)
    {
        double[] tilted = Array.ConvertAll(
            rewards.ToArray(), r => float.IsNegativeInfinity(r) ? double.NegativeInfinity : r / lambda);
        double max = tilted.Max();
        X = Array.ConvertAll(tilted, t => t - max);
        double[] e = Array.ConvertAll(X, Math.Exp);
        double sum = e.Sum();
        Included = rewards.Length - rewards.Count(float.NegativeInfinity);
        Max = rewards.ToArray().Max();
        Min = rewards.ToArray().Where(float.IsFinite).Min();
        Weights = Array.ConvertAll(e, w => w / sum);
        LogWeights = Array.ConvertAll(X, x => x - Math.Log(sum));
        LogMeanExp = lambda * (max + Math.Log(sum / Included));
        EffectiveSampleSize = sum * sum / e.Sum(w => w * w);
        for (int i = 0; i < X.Length; i++)
        {
            if (Weights[i] > 0)
            {
                MeanX += Weights[i] * X[i];
                Entropy -= Weights[i] * LogWeights[i];
                ExpectedReward += Weights[i] * rewards[i];
            }
        }

        double range = -X.Where(double.IsFinite).Min();
        KlFromModelBound = Math.Min(
            Math.Log(Included / (1 + ((Included - 1) * Math.Exp(-range)))),
            Math.Log(Included) - ((Included - 1.0) / Included));
    }

    /// <summary>In nats below the best.</summary>
    public double[] X { get; }

    public int Included { get; }

    /// <summary>The largest and the smallest included reward.</summary>
    public float Max { get; }

    public float Min { get; }

    public double[] Weights { get; }

    public double[] LogWeights { get; }

    public double LogMeanExp { get; }

    public double EffectiveSampleSize { get; }

    public double Entropy { get; }

    public double ExpectedReward { get; }

    /// <summary>The mean of X under the weights: 0 or below.</summary>
    public double MeanX { get; }

    public double KlToUniform => Math.Log(Included) - Entropy;

    public double ChiSquare => (Included / EffectiveSampleSize) - 1;

    public double KlFromTiltBound => Math.Log(1 + (ChiSquare / Included));

    public double KlFromModelBound { get; }
}

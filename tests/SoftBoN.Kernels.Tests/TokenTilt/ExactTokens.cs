namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>The first row of a call in double precision, from the definitions: sorts, sums and square roots.</summary>
internal sealed class ExactTokens
{
    private readonly double[] scores;
    private readonly double temperature;

    public ExactTokens(TokenCase call)
    {
        double[] logits = [.. Enumerable.Range(0, call.Columns)
            .Select(v => IsAllowed(call, v) ? TokenCase.Rounded(call.Logits[v], call.Stored) : float.NegativeInfinity)];
        double[] rewards = [.. Enumerable.Range(0, call.Columns).Select(v => RewardOf(call, v))];
        temperature = call.Temperatures.Length == 0 ? 1 : call.Temperatures[0];
        double lambda = call.Lambdas[0];
        bool[] kept = FindKept(call, logits);
        double[] baseScores = [.. logits.Select((l, v) => kept[v] ? Over(l, temperature) : double.NegativeInfinity)];
        Restrict(baseScores, logits, temperature);
        scores = [.. baseScores];
        if (call.Rewards.Length > 0 || call.SparseOffsets.Length > 0)
        {
            double none = double.NegativeInfinity;
            double[] inPlay = [.. rewards.Select((r, v) => scores[v] > none ? r : none)];
            scores = [.. scores.Select((s, v) => s + Over(inPlay[v], lambda))];
            Restrict(scores, inPlay, lambda);
        }

        Kept = kept;
        BaseLogSumExp = LogSum(baseScores);
        LogSumExp = LogSum(scores);
        Base = [.. baseScores.Select(s => Math.Exp(s - BaseLogSumExp))];
        Tilt = [.. scores.Select(s => Math.Exp(s - LogSumExp))];
        double[] all = [.. Enumerable.Range(0, call.Columns)
            .Select(v => (double)TokenCase.Rounded(call.Logits[v], call.Stored))];
        double log = LogSum(all);
        ModelLog = [.. all.Select(l => l - log)];
    }

    public bool[] Kept { get; }

    public double[] Base { get; }

    public double[] Tilt { get; }

    /// <summary>The model's log-probabilities: temperature 1, nothing removed.</summary>
    public double[] ModelLog { get; }

    public double BaseLogSumExp { get; }

    public double LogSumExp { get; }

    public double Kl => Tilt.Zip(Base, (t, b) => t > 0 ? t * Math.Log(t / b) : 0).Sum();

    public double EffectiveSampleSize => 1 / Tilt.Sum(t => t * t);

    /// <summary>Tokens from the likeliest down, the lower one first among equals.</summary>
    public int[] Order() =>
        [.. Enumerable.Range(0, Tilt.Length).Where(v => Tilt[v] > 0).OrderByDescending(v => scores[v]).ThenBy(v => v)];

    /// <summary>Sums of probabilities over equal stretches of the vocabulary.</summary>
    public static double[] Binned(double[] law, int bins)
    {
        double[] sums = new double[bins];
        for (int v = 0; v < law.Length; v++)
        {
            sums[(long)v * bins / law.Length] += law[v];
        }

        return sums;
    }

    private static bool IsAllowed(TokenCase call, int v) =>
        call.Mask.Length == 0 || (call.Mask[v / 32] >> (v % 32) & 1) != 0;

    private static double RewardOf(TokenCase call, int v)
    {
        double reward = 0;
        if (call.Rewards.Length > 0)
        {
            reward = TokenCase.Rounded(call.Rewards[v], call.RewardsStored);
        }
        else if (call.SparseOffsets.Length > 0)
        {
            int at = Array.IndexOf(call.SparseTokens, v, 0, (int)call.SparseOffsets[1]);
            reward = at >= 0 ? call.SparseValues[at] : 0;
        }

        return reward;
    }

    /// <summary>
    /// A value over a temperature; 0 at the ends of its range, where the order alone counts or nothing does.
    /// </summary>
    private static double Over(double value, double temperature) =>
        double.IsNegativeInfinity(value) ? value
        : temperature == 0 || double.IsInfinity(temperature) ? 0
        : value / temperature;

    /// <summary>At temperature 0 only the largest value that is in play stays.</summary>
    private static void Restrict(double[] scores, double[] values, double temperature)
    {
        if (temperature != 0)
        {
            return;
        }

        double max = values.Where((_, v) => scores[v] > double.NegativeInfinity).Max();
        for (int v = 0; v < scores.Length; v++)
        {
            scores[v] = values[v] == max ? scores[v] : double.NegativeInfinity;
        }
    }

    private static double LogSum(double[] values)
    {
        double max = values.Max();
        return max + Math.Log(values.Sum(value => Math.Exp(value - max)));
    }

    private bool[] FindKept(TokenCase call, double[] logits)
    {
        double[] sorted = [.. logits.Where(double.IsFinite).OrderDescending()];
        double max = sorted[0];
        double[] masses = [.. sorted.Select(l => temperature == 0
            ? (l == max ? 1 : 0)
            : Math.Exp(Over(l, temperature) - Over(max, temperature)))];
        double minP = call.MinP.Length > 0 ? call.MinP[0] : 0;
        int count = masses.Count(mass => mass >= minP);
        int topK = call.TopK.Length > 0 ? call.TopK[0] : 0;
        count = topK > 0 && topK < count ? sorted.Count(l => l >= sorted[topK - 1]) : count;
        if (call.TopP.Length > 0 && call.TopP[0] < 1)
        {
            double target = call.TopP[0] * masses.Take(count).Sum();
            double mass = 0;
            int place = 0;
            while (mass < target && place < count)
            {
                mass += masses[place++];
            }

            count = sorted.Count(l => l >= sorted[place - 1]);
        }

        double least = sorted[count - 1];
        if (call.TopNSigma.Length > 0 && float.IsFinite(call.TopNSigma[0]))
        {
            double mean = sorted.Average();
            double sigma = Math.Sqrt(sorted.Average(l => (l - mean) * (l - mean)));
            least = Math.Max(least, max - (call.TopNSigma[0] * sigma));
        }

        return [.. logits.Select(l => l >= least)];
    }
}

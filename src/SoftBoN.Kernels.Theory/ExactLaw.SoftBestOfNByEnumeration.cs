namespace SoftBoN.Kernels.Theory;

public static partial class ExactLaw
{
    /// <summary>The most compositions that <see cref="SoftBestOfNByEnumeration"/> agrees to visit.</summary>
    private const double MostCompositions = 1e7;

    /// <summary>
    /// The law of <see cref="SoftBestOfN"/> by its definition: a sum over all counts (k_1, ..., k_K) with
    /// k_1 + ... + k_K = n of their multinomial probability times k_y w_y / (k_1 w_1 + ... + k_K w_K). A second
    /// opinion for small cases; it shares nothing with the integral.
    /// </summary>
    /// <param name="alphabet">The reference law and the rewards.</param>
    /// <param name="lambda">The temperature: 0 is best-of-n, +infinity the reference law.</param>
    /// <param name="n">The number of candidates, at least 1.</param>
    /// <returns>One probability per outcome.</returns>
    /// <exception cref="ArgumentNullException">The alphabet is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">lambda is negative or NaN, or n is less than 1.</exception>
    /// <exception cref="ArgumentException">There are more than ten million compositions.</exception>
    public static double[] SoftBestOfNByEnumeration(FiniteAlphabet alphabet, double lambda, int n)
    {
        Check(alphabet, lambda, n);
        double terms = CompositionCount(n, alphabet.Count);
        if (terms > MostCompositions)
        {
            throw new ArgumentException(
                $"n = {n} candidates over {alphabet.Count} outcomes have {terms:E2} compositions; the limit is "
                + $"{MostCompositions:E0}: use {nameof(SoftBestOfN)}.",
                nameof(n));
        }

        var walk = new CompositionWalk(alphabet, lambda, n);
        walk.Visit(outcome: 0, remaining: n, logProbability: 0);
        return walk.Law();
    }

    /// <summary>The number of ways to write n as an ordered sum of so many counts: (n + parts - 1 choose n).</summary>
    private static double CompositionCount(int n, int parts)
    {
        // Counts only grow along the loop, so it may stop, and so stay short, once past the limit.
        double count = 1;
        for (int i = 1; i < parts && count <= MostCompositions; i++)
        {
            count *= ((double)n + i) / i;
        }

        return count;
    }

    private sealed class CompositionWalk
    {
        private readonly FiniteAlphabet _alphabet;
        private readonly double _lambda;
        private readonly int[] _counts;
        private readonly double[] _logFactorial;
        private readonly CompensatedSum[] _law;

        internal CompositionWalk(FiniteAlphabet alphabet, double lambda, int n)
        {
            _alphabet = alphabet;
            _lambda = lambda;
            _counts = new int[alphabet.Count];
            _law = new CompensatedSum[alphabet.Count];
            _logFactorial = new double[n + 1];
            for (int k = 2; k <= n; k++)
            {
                _logFactorial[k] = _logFactorial[k - 1] + Math.Log(k);
            }
        }

        internal double[] Law() => Array.ConvertAll(_law, static sum => sum.Value);

        /// <summary>Tries every count of this outcome; logProbability is that of the counts before it.</summary>
        internal void Visit(int outcome, int remaining, double logProbability)
        {
            bool isLast = outcome == _counts.Length - 1;
            double logP = Math.Log(_alphabet.Probabilities[outcome]);
            for (int k = isLast ? remaining : 0; k <= remaining; k++)
            {
                _counts[outcome] = k;
                double term = logProbability + (isLast ? 0 : LogChoose(remaining, k)) + (k == 0 ? 0 : k * logP);
                if (isLast)
                {
                    AddShares(Math.Exp(term));
                }
                else
                {
                    Visit(outcome + 1, remaining - k, term);
                }
            }
        }

        private double LogChoose(int n, int k) => _logFactorial[n] - _logFactorial[k] - _logFactorial[n - k];

        private void AddShares(double probability)
        {
            if (probability == 0)
            {
                return;
            }

            double best = double.NegativeInfinity;
            for (int i = 0; i < _counts.Length; i++)
            {
                best = _counts[i] > 0 ? Math.Max(best, _alphabet.Rewards[i]) : best;
            }

            double total = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                total += ScaledWeight(i, best);
            }

            for (int i = 0; i < _counts.Length; i++)
            {
                _law[i].Add(probability * ScaledWeight(i, best) / total);
            }
        }

        /// <summary>k_i w_i over the weight of the best candidate present, so that nothing overflows.</summary>
        private double ScaledWeight(int i, double best) => _counts[i] == 0
            ? 0
            : _counts[i] * Math.Exp(-RealMath.Scale(best - _alphabet.Rewards[i], _lambda));
    }
}

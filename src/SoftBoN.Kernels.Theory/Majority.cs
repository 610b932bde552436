namespace SoftBoN.Kernels.Theory;

/// <summary>Probabilities of answers, where several candidates give the same answer.</summary>
public static class Majority
{
    /// <summary>The probability of each answer: the sum over the candidates that give it.</summary>
    /// <param name="probabilities">The probability of each candidate, for example its softmax weight.</param>
    /// <param name="answers">The answer of each candidate, a number from 0 to the number of candidates - 1.</param>
    /// <returns>One probability per answer up to the highest number given.</returns>
    /// <exception cref="ArgumentException">
    /// The probabilities are no law, the lengths differ, or an answer's number is negative or too high.
    /// </exception>
    public static double[] Masses(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> answers)
    {
        Throw.IfNotLaw(probabilities, nameof(probabilities));
        Throw.IfLengthsDiffer(answers.Length, probabilities.Length, nameof(answers), nameof(probabilities));
        int count = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            Throw.IfNotAnswer(answers[i], i, answers.Length, nameof(answers));
            count = Math.Max(count, answers[i] + 1);
        }

        var sums = new CompensatedSum[count];
        for (int i = 0; i < answers.Length; i++)
        {
            sums[answers[i]].Add(probabilities[i]);
        }

        return Array.ConvertAll(sums, static sum => sum.Value);
    }

    /// <summary>
    /// Majority of the bests with all resamples at once: how often each answer is that of the best of m candidates
    /// drawn with replacement. The answer with the highest probability is the one to return.
    /// </summary>
    /// <param name="rewards">The reward of each candidate, at least one candidate.</param>
    /// <param name="answers">The answer of each candidate, a number from 0 to the number of candidates - 1.</param>
    /// <param name="resampleSize">m, at least 1: 1 is plain majority, large m the answer of the best candidate.</param>
    /// <returns>
    /// One probability per answer. The i-th smallest of N distinct rewards counts (i / N)^m - ((i - 1) / N)^m; ties
    /// share.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The rewards are empty or not finite, the lengths differ, or an answer's number is negative or too high.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">resampleSize is less than 1.</exception>
    /// <remarks>
    /// arXiv 2511.18630 draws resamples; their number taken to infinity leaves best-of-m on the empirical law. For a
    /// soft version give <see cref="ExactLaw.SoftBestOfN"/> on <see cref="FiniteAlphabet.Uniform"/> to
    /// <see cref="Masses"/>.
    /// </remarks>
    public static double[] OfTheBests(ReadOnlySpan<double> rewards, ReadOnlySpan<int> answers, int resampleSize)
    {
        FiniteAlphabet candidates = FiniteAlphabet.Uniform(rewards);
        Throw.IfCountBelow(resampleSize, 1, nameof(resampleSize));
        return Masses(ExactLaw.BestOfN(candidates, resampleSize), answers);
    }
}

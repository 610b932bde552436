namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>
/// Laws from the definition in exact fractions: every ordered set of candidates, and within it the selection
/// probabilities of whole-number weights. Shares no formula with the library.
/// </summary>
internal static class RationalBruteForce
{
    internal static double[] Law(int[] counts, int[] weights, int n, Func<int[], Rational[]> select)
    {
        var law = new Rational[counts.Length];
        Array.Fill(law, 0);
        var set = new int[n];
        for (long code = 0; code < (long)Math.Pow(counts.Length, n); code++)
        {
            Rational probability = 1;
            long rest = code;
            for (int i = 0; i < n; i++, rest /= counts.Length)
            {
                set[i] = (int)(rest % counts.Length);
                probability *= (Rational)counts[set[i]] / counts.Sum();
            }

            Rational[] shares = select(Array.ConvertAll(set, y => weights[y]));
            for (int i = 0; i < n; i++)
            {
                law[set[i]] += probability * shares[i];
            }
        }

        return Array.ConvertAll(law, p => (double)p);
    }

    internal static Rational[] Soft(int[] weights) => Array.ConvertAll(weights, w => (Rational)w / weights.Sum());

    internal static Rational[] Best(int[] weights)
    {
        int ties = weights.Count(w => w == weights.Max());
        return Array.ConvertAll(weights, w => w == weights.Max() ? (Rational)1 / ties : 0);
    }

    /// <summary>w_i times the integral of the polynomial prod (1 - v w_j), j other than i, up to 1 / w_max.</summary>
    internal static Rational[] Race(int[] weights)
    {
        var shares = new Rational[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            Rational[] polynomial = [1];
            for (int j = 0; j < weights.Length; j++)
            {
                polynomial = j == i ? polynomial : TimesOneMinus(polynomial, weights[j]);
            }

            Rational power = 1;
            shares[i] = 0;
            for (int k = 0; k < polynomial.Length; k++)
            {
                power /= weights.Max();
                shares[i] += polynomial[k] * power / (k + 1);
            }

            shares[i] *= weights[i];
        }

        return shares;
    }

    private static Rational[] TimesOneMinus(Rational[] polynomial, int weight)
    {
        var product = new Rational[polynomial.Length + 1];
        for (int k = 0; k < product.Length; k++)
        {
            product[k] = k < polynomial.Length ? polynomial[k] : 0;
            product[k] += k > 0 ? polynomial[k - 1] * -weight : 0;
        }

        return product;
    }
}

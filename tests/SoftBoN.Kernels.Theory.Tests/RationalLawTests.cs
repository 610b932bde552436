namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Laws against exact fractions: written out, and by brute force over every ordered candidate set.</summary>
public sealed class RationalLawTests
{
    private const double Tolerance = 4e-15;

    public static TheoryData<int[], int[], int> Instances => new()
    {
        { [1, 1, 1], [1, 2, 3], 3 },
        { [1, 1, 1], [1, 2, 3], 5 },
        { [3, 2, 1], [5, 1, 2], 4 },
        { [1, 2, 3, 4], [7, 3, 3, 1], 4 },
        { [5, 1], [1, 1000], 8 },
        { [1, 5], [1, 1000], 8 },
        { [2, 3], [4, 4], 3 },
        { [1], [3], 4 },
    };

    [Theory]
    [MemberData(nameof(Instances))]
    public void Every_selector_equals_brute_force(int[] counts, int[] weights, int n)
    {
        double[] p = Array.ConvertAll(counts, c => (double)c / counts.Sum());
        var alphabet = new FiniteAlphabet(p, Array.ConvertAll(weights, w => Math.Log(w)));

        double[] soft = RationalBruteForce.Law(counts, weights, n, RationalBruteForce.Soft);
        double[] race = RationalBruteForce.Law(counts, weights, n, RationalBruteForce.Race);
        double[] best = RationalBruteForce.Law(counts, weights, n, RationalBruteForce.Best);

        Near.Absolute(soft, ExactLaw.SoftBestOfN(alphabet, 1, n), Tolerance);
        Near.Absolute(soft, ExactLaw.SoftBestOfNByEnumeration(alphabet, 1, n), Tolerance);
        Near.Absolute(race, ExactLaw.UniformRace(alphabet, 1, n), Tolerance);
        Near.Absolute(best, ExactLaw.BestOfN(alphabet, n), Tolerance);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 })]
    [InlineData(new[] { 1, 1, 4 })]
    [InlineData(new[] { 5 })]
    [InlineData(new[] { 3, 3, 3, 3 })]
    [InlineData(new[] { 1, 1000000 })]
    [InlineData(new[] { 9, 1, 4, 2, 7, 7, 3, 8, 1, 5 })]
    public void Selection_probabilities_equal_exact_fractions(int[] weights)
    {
        double[] rewards = Array.ConvertAll(weights, w => Math.Log(w));

        double[] soft = Array.ConvertAll(RationalBruteForce.Soft(weights), p => (double)p);
        double[] race = Array.ConvertAll(RationalBruteForce.Race(weights), p => (double)p);

        Near.Relative(soft, SelectionProbabilities.Soft(rewards, 1), 1e-14);
        Near.Relative(race, SelectionProbabilities.UniformRace(rewards, 1), 1e-14);
    }

    [Fact]
    public void Race_over_weights_1_2_3_and_1_1_4_has_the_known_fractions()
    {
        Near.Absolute(
            Toys.Fractions((7, 54), (16, 54), (31, 54)),
            SelectionProbabilities.UniformRace(Toys.Weights(1, 2, 3).Rewards, 1),
            Tolerance);
        Near.Absolute(
            Toys.Fractions((9, 54), (18, 54), (27, 54)),
            SelectionProbabilities.Soft(Toys.Weights(1, 2, 3).Rewards, 1),
            Tolerance);
        Near.Absolute(
            Toys.Fractions((11, 96), (11, 96), (37, 48)),
            SelectionProbabilities.UniformRace(Toys.Weights(1, 1, 4).Rewards, 1),
            Tolerance);
    }

    [Fact]
    public void Soft_best_of_n_over_equally_likely_weights_1_2_3_has_the_known_fractions()
    {
        FiniteAlphabet alphabet = Toys.Weights(1, 2, 3);

        Near.Absolute(
            Toys.Fractions((13, 54), (47, 135), (37, 90)), ExactLaw.SoftBestOfN(alphabet, 1, 2), Tolerance);
        Near.Absolute(
            Toys.Fractions((401, 1890), (437, 1260), (1667, 3780)), ExactLaw.SoftBestOfN(alphabet, 1, 3), Tolerance);
        Near.Absolute(
            Toys.Fractions((242, 1215), (6449, 18711), (42676, 93555)),
            ExactLaw.SoftBestOfN(alphabet, 1, 4),
            Tolerance);
    }

    [Fact]
    public void Race_of_two_over_equally_likely_weights_1_2_3_has_the_known_fractions() => Near.Absolute(
        Toys.Fractions((11, 54), (19, 54), (24, 54)), ExactLaw.UniformRace(Toys.Weights(1, 2, 3), 1, 2), Tolerance);

    [Theory]
    [InlineData(2, 1, 8)]
    [InlineData(3, 11, 140)]
    [InlineData(5, 523, 12012)]
    [InlineData(7, 16543, 554268)]
    public void Binary_toy_has_the_known_distance_to_the_tilt(int n, int numerator, int denominator)
    {
        FiniteAlphabet alphabet = Toys.Weights(1, 3);
        double[] tilt = ExactLaw.OptimalTilt(alphabet, 1);

        Near.Absolute([0.25, 0.75], tilt, Tolerance);
        Near.Absolute(
            (double)numerator / denominator,
            Divergence.TotalVariation(ExactLaw.SoftBestOfN(alphabet, 1, n), tilt),
            Tolerance);
        Near.Absolute(
            0.75 * Math.Pow(3, -n),
            Divergence.TotalVariation(ExactLaw.UniformRace(alphabet, 1, n), tilt),
            Tolerance);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.4)]
    public void Race_on_two_equally_likely_outcomes_has_the_published_distance(double rare)
    {
        var alphabet = FiniteAlphabet.Uniform([Math.Log(rare), Math.Log(1 - rare)]);
        double[] tilt = [rare, 1 - rare];

        Near.Absolute(
            (1 - (2 * rare)) / 4,
            Divergence.TotalVariation(ExactLaw.SoftBestOfN(alphabet, 1, 2), tilt),
            Tolerance);
        for (int n = 1; n <= 12; n++)
        {
            Near.Absolute(
                (1 - rare) * Math.Pow((1 - (2 * rare)) / (2 * (1 - rare)), n),
                Divergence.TotalVariation(ExactLaw.UniformRace(alphabet, 1, n), tilt),
                Tolerance);
        }
    }

    [Fact]
    public void Best_of_n_over_halves_thirds_and_sixths_has_the_known_fractions()
    {
        Near.Absolute(Toys.Fractions((1, 4), (4, 9), (11, 36)), ExactLaw.BestOfN(Toys.Halves, 2), Tolerance);
        Near.Absolute(Toys.Fractions((1, 16), (34, 81), (671, 1296)), ExactLaw.BestOfN(Toys.Halves, 4), Tolerance);
    }
}

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Decimal tables computed elsewhere with 40-digit arithmetic, or published.</summary>
public sealed class KnownNumbersTests
{
    private const double TwelveDigits = 5.1e-13;

    [Theory]
    [InlineData(1, 2, .417050484913, .322042679616, .260906835470)]
    [InlineData(1, 4, .370538366681, .326011766280, .303449867039)]
    [InlineData(1, 8, .347307326640, .324890787423, .327801885937)]
    [InlineData(.5, 2, .354523010815, .341590544153, .303886445031)]
    [InlineData(.5, 4, .261558192623, .337851501829, .400590305548)]
    [InlineData(.5, 8, .215969956184, .319435297803, .464594746014)]
    [InlineData(.25, 2, .289358118599, .368543474036, .342098407365)]
    [InlineData(.25, 4, .138395908169, .342577370482, .519026721349)]
    [InlineData(.25, 8, .0701716923956, .258734370332, .671093937272)]
    public void Soft_best_of_n_on_three_outcomes(double lambda, int n, double p0, double p1, double p2)
    {
        Near.Absolute([p0, p1, p2], ExactLaw.SoftBestOfN(Toys.Three, lambda, n), TwelveDigits);
        Near.Absolute([p0, p1, p2], ExactLaw.SoftBestOfNByEnumeration(Toys.Three, lambda, n), TwelveDigits);
    }

    [Fact]
    public void Optimal_tilt_on_three_outcomes() => Near.Absolute(
        [.179000020574, .291943501933, .529056477493], ExactLaw.OptimalTilt(Toys.Three, .5), TwelveDigits);

    [Theory]
    [InlineData(4, .0366, .0127, 5e-5)]
    [InlineData(8, .00886, 2.8e-4, 5.1e-6)]
    [InlineData(16, 2.06e-3, 1.4e-7, 5.1e-6)]
    public void The_race_is_closer_to_the_tilt(int n, double soft, double race, double tolerance)
    {
        double[] tilt = ExactLaw.OptimalTilt(Toys.Three, .5);

        Near.Absolute(soft, Divergence.Kl(tilt, ExactLaw.SoftBestOfN(Toys.Three, .5, n)), tolerance);
        Near.Absolute(race, Divergence.Kl(tilt, ExactLaw.UniformRace(Toys.Three, .5, n)), tolerance);
    }

    [Fact]
    public void The_race_of_sixteen_is_within_1_4e_7_of_the_tilt() => Near.Relative(
        1.4e-7,
        Divergence.Kl(ExactLaw.OptimalTilt(Toys.Three, .5), ExactLaw.UniformRace(Toys.Three, .5, 16)),
        0.05);

    [Theory]
    [InlineData(2, .139780065929513)]
    [InlineData(4, .553659247500535)]
    [InlineData(8, 1.06677441826465)]
    public void Best_of_n_divergence_with_atoms(int n, double expected) =>
        Near.Absolute(expected, Divergence.Kl(ExactLaw.BestOfN(Toys.Halves, n), Toys.Halves.Probabilities), 5e-15);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, .193147180559945)]
    [InlineData(3, .431945622001443)]
    [InlineData(4, .636294361119891)]
    [InlineData(5, .8094379124341)]
    [InlineData(8, 1.20444154167984)]
    [InlineData(16, 1.83508872223978)]
    [InlineData(64, 3.17450808335967)]
    [InlineData(100, 3.61517018598809)]
    [InlineData(128, 3.85984276391962)]
    [InlineData(1024, 5.93244836809945)]
    public void Best_of_n_divergence_without_ties(int n, double expected) =>
        Near.Absolute(expected, Bounds.BestOfNKl(n), 5.1e-15);

    [Fact]
    public void Softmax_of_a_row_with_a_tie_at_the_top()
    {
        double[] row = [.1, -1.5, 2, 2, .75];
        var alphabet = FiniteAlphabet.Uniform(row);
        double[] p = SelectionProbabilities.Soft(row, 1);

        Near.Absolute(
            [.0606456595329, .0122441474912, .405470478019, .405470478019, .116169236938], p, TwelveDigits);
        Near.Absolute(.403437885, Divergence.Kl(p, alphabet.Probabilities), 5.1e-10);
        Near.Absolute(1.696707184, alphabet.ExpectedReward(p), 5.1e-10);
        Near.Absolute(1.2932693, Tilt.LogNormalizer(alphabet, 1), 5.1e-8);
        Near.Absolute(1.206000027, Math.Log(5) - Divergence.Kl(p, alphabet.Probabilities), 5.1e-10);
    }

    [Theory]
    [InlineData(.5, 2.208293304, 1.929559903)]
    [InlineData(1, 2.88904014, 1.696707184)]
    [InlineData(2, 3.885960736, 1.350052047)]
    public void Effective_sample_size_is_count_over_one_plus_chi_square(double lambda, double size, double reward)
    {
        var alphabet = FiniteAlphabet.Uniform([.1, -1.5, 2, 2, .75]);

        Near.Absolute(size, alphabet.Count / (1 + Tilt.ChiSquare(alphabet, lambda)), 5.1e-9);
        Near.Absolute(reward, alphabet.ExpectedReward(ExactLaw.OptimalTilt(alphabet, lambda)), 5.1e-10);
    }

    [Theory]
    [InlineData(2, .1930594369)]
    [InlineData(4, .6348702809)]
    [InlineData(8, 1.191778398)]
    [InlineData(64, 2.294608798)]
    [InlineData(1024, 2.302585093)]
    public void Best_of_n_divergence_with_a_top_atom_of_one_tenth(int n, double expected)
    {
        const int Rest = 40_000;
        double[] rewards = [.. Enumerable.Range(0, Rest + 1)];
        double[] p = [.. Enumerable.Repeat(0.9 / Rest, Rest), 0.1];
        var alphabet = new FiniteAlphabet(p, rewards);

        Near.Absolute(expected, Divergence.Kl(ExactLaw.BestOfN(alphabet, n), p), 1e-8);
        Near.Absolute(expected, Bounds.BestOfNKl(n, 0.1), 5.1e-10);
    }

    [Theory]
    [InlineData(2, .564189583548)]
    [InlineData(3, .846284375322)]
    [InlineData(4, 1.029375373)]
    [InlineData(5, 1.16296447364)]
    [InlineData(8, 1.42360030605)]
    [InlineData(16, 1.76599139305)]
    [InlineData(64, 2.34373346508)]
    [InlineData(100, 2.50759363644)]
    [InlineData(128, 2.5945973686)]
    [InlineData(1024, 3.24823960138)]
    public void Best_of_n_on_a_fine_normal_lattice_has_the_mean_of_the_normal_maximum(int n, double expected)
    {
        double[] rewards = [.. Enumerable.Range(-18_000, 36_001).Select(i => i / 2000.0)];
        double[] density = Array.ConvertAll(rewards, x => Math.Exp(-x * x / 2));
        double total = density.Sum();
        var alphabet = new FiniteAlphabet(Array.ConvertAll(density, d => d / total), rewards);

        Near.Absolute(expected, alphabet.ExpectedReward(ExactLaw.BestOfN(alphabet, n)), 1e-7);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Best_of_n_on_many_distinct_rewards_behaves_as_without_ties(int n)
    {
        const int Count = 200_000;
        double[] rewards = [.. Enumerable.Range(0, Count)];
        var alphabet = FiniteAlphabet.Uniform(rewards);
        double[] best = ExactLaw.BestOfN(alphabet, n);
        double winRate = best.Select((p, i) => p * (i + 0.5) / Count).Sum();

        Near.Absolute((double)n / (n + 1), winRate, 1e-8);
        Near.Absolute(Bounds.BestOfNKl(n), Divergence.Kl(best, alphabet.Probabilities), 2e-6);
    }
}

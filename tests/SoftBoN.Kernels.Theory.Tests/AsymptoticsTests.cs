using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>How fast soft best-of-n approaches the tilt: sharp constants, from expansions made elsewhere.</summary>
public sealed class AsymptoticsTests
{
    [Theory]
    [InlineData(1, 0.10842971, 0.18986257, 0.20733133)]
    [InlineData(.5, 0.47354022, 0.36181595, 0.47487751)]
    [InlineData(.25, 1.0075554, 0.34213408, 0.56606809)]
    public void Rates_on_a_fixed_instance(double lambda, double kl, double reward, double distance)
    {
        const int N = 1_000_000;
        double[] tilt = ExactLaw.OptimalTilt(Toys.Three, lambda);
        double[] soft = ExactLaw.SoftBestOfN(Toys.Three, lambda, N);
        double gap = Toys.Three.ExpectedReward(tilt) - Toys.Three.ExpectedReward(soft);

        Near.Relative(kl, Asymptotics.Kl(Toys.Three, lambda), 5e-8);
        Near.Relative(reward, Asymptotics.MeanGap(Toys.Three, lambda, Toys.Three.Rewards), 3e-8);
        Near.Relative(distance, Asymptotics.TotalVariation(Toys.Three, lambda), 3e-8);

        // The divergence falls as 1/n^2, not 1/n, in both directions; distance and reward fall as 1/n.
        Near.Relative(kl, Divergence.Kl(tilt, soft) * N * (double)N, 2e-5);
        Near.Relative(kl, Divergence.Kl(soft, tilt) * N * (double)N, 2e-5);
        Near.Relative(reward, gap * N, 2e-5);
        Near.Relative(distance, Divergence.TotalVariation(tilt, soft) * N, 2e-5);
    }

    [Theory]
    [InlineData(1, 2e-4)]
    [InlineData(.25, 8e-3)]
    public void The_reward_rate_is_nearly_reached_at_a_thousand_candidates(double lambda, double tolerance)
    {
        double[] tilt = ExactLaw.OptimalTilt(Toys.Three, lambda);
        double[] soft = ExactLaw.SoftBestOfN(Toys.Three, lambda, 1024);
        double gap = Toys.Three.ExpectedReward(tilt) - Toys.Three.ExpectedReward(soft);
        double limit = 0;
        double mean = 1 + Tilt.ChiSquare(Toys.Three, lambda);
        for (int i = 0; i < tilt.Length; i++)
        {
            double ratio = tilt[i] / Toys.Three.Probabilities[i];
            limit += tilt[i] * Toys.Three.Rewards[i] * (ratio - mean);
        }

        Near.Relative(limit, gap * 1024, tolerance);
    }

    [Fact]
    public void The_bound_of_order_chi_square_over_n_cannot_be_improved()
    {
        // The instance moves with n: a rare outcome whose weight is n/c times the other's.
        const double C = 0.46;
        const double ChiSquare = 1;
        const int N = 1000;
        double rare = ChiSquare * C * C / ((double)N * N);
        var alphabet = new FiniteAlphabet([1 - rare, rare], [0, Math.Log(N / C)]);
        double kl = Divergence.Kl(ExactLaw.OptimalTilt(alphabet, 1), ExactLaw.SoftBestOfN(alphabet, 1, N));

        Near.Absolute(0.2163, N * kl / ChiSquare, 5e-4);
        Near.AtMost(kl, Bounds.KlTiltToSoft(Tilt.ChiSquare(alphabet, 1), N));
    }

    [Theory]
    [InlineData(.25, 40)]
    [InlineData(.1, 400)]
    public void Distance_on_two_outcomes_has_the_published_leading_term(double rare, int n)
    {
        var alphabet = FiniteAlphabet.Uniform([Math.Log(rare), Math.Log(1 - rare)]);
        double distance = Divergence.TotalVariation(
            ExactLaw.SoftBestOfN(alphabet, 1, n), ExactLaw.OptimalTilt(alphabet, 1));

        Near.Relative(2 * rare * (1 - rare) * (1 - (2 * rare)), n * distance, 2.0 / n);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1)]
    [InlineData(.25)]
    public void The_ratio_to_the_tilt_has_the_first_order_term(double lambda)
    {
        const int N = 10_000_000;
        double[] tilt = ExactLaw.OptimalTilt(Toys.Three, lambda);
        double[] soft = ExactLaw.SoftBestOfN(Toys.Three, lambda, N);
        double[] constants = Asymptotics.Ratio(Toys.Three, lambda);
        for (int y = 0; y < tilt.Length; y++)
        {
            Near.Absolute(constants[y], N * ((soft[y] / tilt[y]) - 1), 5e-6);
        }

        Near.Absolute(0, tilt.Zip(constants, (p, c) => p * c).Sum(), 1e-15);
    }

    [Theory]
    [InlineData(.4)]
    [InlineData(2)]
    public void Constants_are_moments_of_the_weights(double lambda) => Instance.Any(6, 1).Sample(
        x =>
        {
            double[] p = x.Reference;
            double[] w = [.. x.Alphabet.Rewards.ToArray().Select(
                r => Math.Exp((r - x.Alphabet.Rewards.ToArray().Max()) / lambda))];
            double Moment(int k) => p.Zip(w, (a, b) => a * Math.Pow(b, k)).Sum();
            double second = Moment(2) / Moment(1) / Moment(1);
            double third = Moment(3) / Moment(1) / Moment(1) / Moment(1);
            double scale = 1 + third;

            Near.Absolute(.5 * (third - (second * second)), Asymptotics.Kl(x.Alphabet, lambda), 1e-11 * scale);
        },
        iter: 300);

    [Fact]
    public void A_small_tilt_keeps_its_digits()
    {
        // u = 1 + (r - 1/2) / lambda: the variance is 1 / (4 lambda^2), the covariance and distance 1 / (4 lambda).
        var alphabet = FiniteAlphabet.Uniform([0, 1]);

        Near.Relative(.125e-24, Asymptotics.Kl(alphabet, 1e12), 1e-11);
        Near.Relative(.25e-12, Asymptotics.MeanGap(alphabet, 1e12, alphabet.Rewards), 1e-11);
        Near.Relative(.25e-12, Asymptotics.TotalVariation(alphabet, 1e12), 1e-11);
        Assert.Equal(0, Asymptotics.Kl(alphabet, double.PositiveInfinity));
    }

    [Fact]
    public void Hard_selection_converges_faster_than_any_power()
    {
        Near.Absolute(0, Asymptotics.Kl(Toys.Three, 0), 1e-14);
        Near.Absolute(0, Asymptotics.TotalVariation(Toys.Three, 0), 1e-14);
        Near.Absolute(0, Asymptotics.MeanGap(Toys.Three, 0, Toys.Three.Rewards), 1e-14);
    }

    [Fact]
    public void A_second_reward_has_a_gap_of_its_own()
    {
        const int N = 1_000_000;
        double[] gold = [.2, 1, 0];
        double[] change = [.. ExactLaw.OptimalTilt(Toys.Three, .5)
            .Zip(ExactLaw.SoftBestOfN(Toys.Three, .5, N), (a, b) => a - b)];

        Near.Relative(
            N * change.Zip(gold, (c, g) => c * g).Sum(), Asymptotics.MeanGap(Toys.Three, .5, gold), 1e-4);
    }
}

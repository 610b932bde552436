namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Rewards without ties: closed forms, published figures, and values from 40-digit quadrature.</summary>
public sealed class UniformRewardTests
{
    [Theory]
    [InlineData(1, 2, .5403477993, .00982562819, .010752798, .5819767069)]
    [InlineData(1, 4, .5613529802, .0227116947, .002680514, .5819767069)]
    [InlineData(1, 16, .5769015454, .0357410232, 1.6432131e-4, .5819767069)]
    [InlineData(4, 2, .616783528, .086336431, .19162744, .7686573604)]
    [InlineData(4, 4, .6952756359, .243804477, .055800095, .7686573604)]
    [InlineData(4, 16, .7534864046, .421694673, .0029646716, .7686573604)]
    [InlineData(10, 2, .6538224071, .157508403, .76484379, .900045402)]
    [InlineData(10, 4, .7730958334, .513723672, .35207217, .900045402)]
    [InlineData(10, 16, .8777662244, 1.10659132, .025692362, .900045402)]
    public void Soft_best_of_n_has_the_known_rewards_and_divergences(
        double inverse, int n, double reward, double fromReference, double fromTilt, double limit)
    {
        UniformRewardLaw soft = UniformRewardLaw.SoftBestOfN(1 / inverse, n);
        UniformRewardLaw tilt = UniformRewardLaw.OptimalTilt(1 / inverse);

        Near.Absolute(reward, soft.ExpectedReward(), 5.1e-10);
        Near.Relative(fromReference, Divergence.Kl(soft, UniformRewardLaw.Reference), 1e-8);
        Near.Relative(fromTilt, Divergence.Kl(tilt, soft), 1e-7);
        Near.Absolute(limit, tilt.ExpectedReward(), 5.1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    public void Best_of_n_has_its_closed_forms(int n)
    {
        UniformRewardLaw best = UniformRewardLaw.BestOfN(n);

        Near.Absolute(n / (n + 1.0), best.ExpectedReward(), 1e-14);
        Near.Absolute(Bounds.BestOfNKl(n), Divergence.Kl(best, UniformRewardLaw.Reference), 1e-13);
        Near.Relative(
            ((n - 1.0) * (n - 1.0)) / ((2.0 * n) - 1),
            Divergence.ChiSquare(best, UniformRewardLaw.Reference),
            1e-12);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(.01)]
    [InlineData(.5)]
    [InlineData(3)]
    [InlineData(1e4)]
    public void The_tilt_has_its_closed_forms(double lambda)
    {
        double b = 1 / lambda;
        UniformRewardLaw tilt = UniformRewardLaw.OptimalTilt(lambda);
        double mean = b < 1e-3 ? .5 + (b / 12) : (1 / -Expm1(-b)) - lambda;
        double chiSquare = b < 1e-3 ? b * b / 12 * (1 - (b * b / 60)) : (b / 2 / Math.Tanh(b / 2)) - 1;

        Near.Absolute(mean, tilt.ExpectedReward(), 1e-14);
        Near.Relative(chiSquare, Divergence.ChiSquare(tilt, UniformRewardLaw.Reference), 1e-11);
        if (b >= 1e-3)
        {
            double kl = (b / Expm1(b)) - 1 + Math.Log(b) - Math.Log(-Expm1(-b));
            Near.Absolute(kl, Divergence.Kl(tilt, UniformRewardLaw.Reference), 1e-12);
        }
    }

    [Theory]
    [InlineData(.25)]
    [InlineData(3.5)]
    [InlineData(50)]
    [InlineData(1e6)]
    public void Best_of_poisson_has_its_closed_mean(double extra) => Near.Absolute(
        1 - (1 / extra) - (Expm1(-extra) / extra / extra),
        UniformRewardLaw.BestOfPoisson(extra).ExpectedReward(),
        1e-13);

    [Fact]
    public void Best_of_poisson_lies_as_close_to_the_tilt_as_published()
    {
        UniformRewardLaw law = UniformRewardLaw.BestOfPoisson(3.5);
        double kl = Divergence.Kl(law, UniformRewardLaw.Reference);
        UniformRewardLaw tilt = UniformRewardLaw.OptimalTilt(1 / 4.6187);

        Near.Absolute(.79345, law.ExpectedReward(), 5e-6);
        Near.Absolute(.586723820392, kl, 5e-13);
        Near.Absolute(law.ExpectedReward(), tilt.ExpectedReward(), 2e-6);

        // Both have the same mean, so that the gap of the divergences is the divergence from the tilt.
        Near.Absolute(6.733e-4, kl - Divergence.Kl(tilt, UniformRewardLaw.Reference), 6e-6);
        Near.Absolute(6.733e-4, Divergence.Kl(law, tilt), 5e-8);
    }

    [Theory]
    [InlineData(.25, 4, .3, .44181665387502405, .35203534494296031)]
    [InlineData(.25, 4, 1, 2.4472706905733906, 2.7536174213112543)]
    [InlineData(.25, 4, 0, .15146725140241859, .10658445400754291)]
    [InlineData(20, 1000, .8, 1.0149923102886456, 1.0150073313812573)]
    [InlineData(.001, 50, .97, 11.264179639399127, 11.255011558281574)]
    [InlineData(.05, 1_000_000, .9, 2.7067254113438414, 2.70670567031119)]
    [InlineData(.00002, 3, .9995, 2.9970007519739192, 2.9970007511999992)]
    [InlineData(3, 2, .125, .93772478180343224, .88651587039611696)]
    public void Densities_equal_high_precision_quadrature(
        double lambda, int n, double reward, double soft, double race)
    {
        Near.Relative(soft, UniformRewardLaw.SoftBestOfN(lambda, n).Density(reward), 2e-12);
        Near.Relative(race, UniformRewardLaw.UniformRace(lambda, n).Density(reward), 2e-12);
    }

    [Theory]
    [InlineData(.25, 3.5, .6, 1.0668222343070512)]
    [InlineData(.01, 200, .9, .0067633299151136969)]
    public void Densities_for_a_poisson_number_equal_high_precision_quadrature(
        double lambda, double extra, double reward, double soft) => Near.Relative(
            soft, UniformRewardLaw.SoftBestOfPoisson(lambda, extra).Density(reward), 2e-12);

    /// <summary>The midpoints of a fine lattice are uniform rewards up to the square of the mesh.</summary>
    [Theory]
    [InlineData(.3, 2)]
    [InlineData(.3, 7)]
    [InlineData(.02, 30)]
    [InlineData(5, 200)]
    public void Laws_are_the_limits_of_laws_on_a_fine_lattice(double lambda, int n)
    {
        const int Mesh = 10_000;
        const double Tolerance = 1e-6;
        var lattice = FiniteAlphabet.Uniform([.. Enumerable.Range(0, Mesh).Select(i => (i + .5) / Mesh)]);
        double[] p = lattice.Probabilities.ToArray();
        double[] tilt = ExactLaw.OptimalTilt(lattice, lambda);
        UniformRewardLaw limit = UniformRewardLaw.OptimalTilt(lambda);
        (double[] Law, UniformRewardLaw Limit)[] pairs =
        [
            (ExactLaw.SoftBestOfN(lattice, lambda, n), UniformRewardLaw.SoftBestOfN(lambda, n)),
            (ExactLaw.UniformRace(lattice, lambda, n), UniformRewardLaw.UniformRace(lambda, n)),
            (ExactLaw.SoftBestOfPoisson(lattice, lambda, n), UniformRewardLaw.SoftBestOfPoisson(lambda, n)),
            (ExactLaw.BestOfPoisson(lattice, n), UniformRewardLaw.BestOfPoisson(n)),
        ];

        Assert.All(pairs, pair =>
        {
            Near.Absolute(lattice.ExpectedReward(pair.Law), pair.Limit.ExpectedReward(), Tolerance);
            Near.Relative(
                Divergence.Kl(pair.Law, p), Divergence.Kl(pair.Limit, UniformRewardLaw.Reference), 1e-4);
            double toLaw = Divergence.Kl(tilt, pair.Law);
            Near.Absolute(toLaw, Divergence.Kl(limit, pair.Limit), (2e-4 * toLaw) + 1e-20);
            double toTilt = Divergence.ChiSquare(pair.Law, tilt);
            Near.Absolute(toTilt, Divergence.ChiSquare(pair.Limit, limit), (2e-4 * toTilt) + 1e-20);
        });
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-301)]
    [InlineData(0)]
    public void A_cold_temperature_is_the_hard_rule(double lambda)
    {
        double reward = 1 - (1.0 / 7);

        Near.Absolute(6.0 / 7, UniformRewardLaw.SoftBestOfN(lambda, 6).ExpectedReward(), 1e-11);
        Near.Absolute(6.0 / 7, UniformRewardLaw.UniformRace(lambda, 6).ExpectedReward(), 1e-11);
        Near.Relative(6 * Math.Pow(reward, 5), UniformRewardLaw.SoftBestOfN(lambda, 6).Density(reward), 1e-11);
        Near.Absolute(
            UniformRewardLaw.BestOfPoisson(5).ExpectedReward(),
            UniformRewardLaw.SoftBestOfPoisson(lambda, 5).ExpectedReward(),
            1e-11);
    }

    [Theory]
    [InlineData(1e14)]
    [InlineData(double.PositiveInfinity)]
    public void A_hot_temperature_is_the_reference_law(double lambda)
    {
        UniformRewardLaw[] laws =
        [
            UniformRewardLaw.SoftBestOfN(lambda, 9), UniformRewardLaw.UniformRace(lambda, 9),
            UniformRewardLaw.SoftBestOfPoisson(lambda, 9), UniformRewardLaw.OptimalTilt(lambda),
            UniformRewardLaw.SoftBestOfN(.1, 1), UniformRewardLaw.UniformRace(.1, 1),
            UniformRewardLaw.SoftBestOfPoisson(.1, 0), UniformRewardLaw.BestOfPoisson(0),
        ];

        Assert.All(laws, law =>
        {
            Near.Absolute(.5, law.ExpectedReward(), 1e-13);
            Near.Absolute(1, law.Density(.25), 1e-12);
        });
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    [InlineData(1)]
    public void Order_and_bounds_hold_at_every_number_of_candidates(double lambda)
    {
        UniformRewardLaw tilt = UniformRewardLaw.OptimalTilt(lambda);
        double chiSquare = Divergence.ChiSquare(tilt, UniformRewardLaw.Reference);
        double klTilt = Divergence.Kl(tilt, UniformRewardLaw.Reference);
        double previous = .5;
        foreach (int n in new[] { 2, 1000, int.MaxValue })
        {
            UniformRewardLaw soft = UniformRewardLaw.SoftBestOfN(lambda, n);
            UniformRewardLaw race = UniformRewardLaw.UniformRace(lambda, n);
            double reward = soft.ExpectedReward();
            double toSoft = Divergence.Kl(tilt, soft);
            double fromReference = Divergence.Kl(soft, UniformRewardLaw.Reference);

            Near.AtMost(previous, reward);
            Near.AtMost(reward, tilt.ExpectedReward());
            Near.AtMost(toSoft, Bounds.KlTiltToSoft(chiSquare, n));
            Near.AtMost(fromReference, Math.Min(Bounds.BestOfNKl(n), klTilt - toSoft));
            Near.AtMost(fromReference, Bounds.KlSoftToReferenceFromRange(1, lambda, n));
            Near.AtMost(Divergence.Kl(tilt, race), toSoft);
            previous = reward;
        }
    }

    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;
}

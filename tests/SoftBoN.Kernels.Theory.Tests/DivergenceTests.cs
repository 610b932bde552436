namespace SoftBoN.Kernels.Theory.Tests;

public sealed class DivergenceTests
{
    [Fact]
    public void Divergences_of_two_coins()
    {
        double[] fair = [.5, .5];
        double[] biased = [.25, .75];

        Near.Relative((.5 * Math.Log(2)) + (.5 * Math.Log(2.0 / 3)), Divergence.Kl(fair, biased), 1e-14);
        Near.Relative((.25 * Math.Log(.5)) + (.75 * Math.Log(1.5)), Divergence.Kl(biased, fair), 1e-14);
        Near.Relative(1.0 / 3, Divergence.ChiSquare(fair, biased), 1e-15);
        Near.Relative(.25, Divergence.ChiSquare(biased, fair), 1e-15);
        Assert.Equal(.25, Divergence.TotalVariation(fair, biased));
    }

    [Fact]
    public void A_law_is_at_distance_zero_from_itself()
    {
        double[] law = [.1, .2, .3, .4, 0];

        Assert.Equal(0, Divergence.Kl(law, law));
        Assert.Equal(0, Divergence.ChiSquare(law, law));
        Assert.Equal(0, Divergence.TotalVariation(law, law));
    }

    [Fact]
    public void Mass_where_the_other_law_has_none_is_infinitely_far()
    {
        double[] wide = [.5, .5];
        double[] narrow = [1, 0];

        Assert.Equal(double.PositiveInfinity, Divergence.Kl(wide, narrow));
        Assert.Equal(double.PositiveInfinity, Divergence.ChiSquare(wide, narrow));
        Near.Relative(Math.Log(2), Divergence.Kl(narrow, wide), 1e-15);
        Assert.Equal(1, Divergence.ChiSquare(narrow, wide));
        Assert.Equal(.5, Divergence.TotalVariation(wide, narrow));
    }

    [Fact]
    public void A_tiny_divergence_keeps_its_leading_digits()
    {
        const double Shift = 1.0 / (1 << 30);

        // KL of (1/2 + s, 1/2 - s) from (1/2, 1/2) is 2 s^2 (1 + O(s^2)): 1e-18, far below the rounding of log.
        Near.Relative(2 * Shift * Shift, Divergence.Kl([.5 + Shift, .5 - Shift], [.5, .5]), 1e-6);
        Near.Relative(4 * Shift * Shift, Divergence.ChiSquare([.5 + Shift, .5 - Shift], [.5, .5]), 1e-14);
    }

    [Fact]
    public void Extreme_ratios_neither_overflow_nor_turn_into_nan()
    {
        double[] rare = [1e-320, 1];
        double[] common = [.5, .5];

        Near.Relative(Math.Log(2), Divergence.Kl(rare, common), 1e-14);
        Near.Relative(Math.Log(.5) - (.5 * Math.Log(1e-320)), Divergence.Kl(common, rare), 1e-14);
        Assert.Equal(double.PositiveInfinity, Divergence.ChiSquare(common, rare));
    }
}

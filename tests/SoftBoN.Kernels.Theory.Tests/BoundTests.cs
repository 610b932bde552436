namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Bounds by their formula, where they are attained, and where they would overflow or cancel.</summary>
public sealed class BoundTests
{
    [Fact]
    public void Bounds_follow_their_formulas()
    {
        Near.Relative(Math.Log(1.5), Bounds.KlTiltToSoft(2, 4), 1e-15);
        Near.Relative(Math.Log(2), Bounds.MaxDivergence(5, 4), 1e-15);
        Near.Relative(Math.Pow(Math.Sinh(1.5), 2), Bounds.ChiSquareFromRange(3, 1), 1e-15);
        Near.Relative(
            Math.Log(1 + (Math.Pow(Math.Sinh(1.5), 2) / 8)), Bounds.KlTiltToSoftFromRange(1.5, .5, 8), 1e-14);
        Near.Relative(1.25, Bounds.RewardGapFromPeak(11, 8), 1e-15);
        Near.Relative((Math.Exp(3) - 1) / 8, Bounds.RewardGapFromRange(1.5, .5, 8), 1e-15);
        Near.Relative(
            Math.Log(8 / (1 + (7 * Math.Exp(-3)))), Bounds.KlSoftToReferenceFromRange(1.5, .5, 8), 1e-14);
        Assert.Equal(9, Bounds.RatioToReference(9));
    }

    [Fact]
    public void Pointwise_ratio_and_reward_gap_follow_their_formulas()
    {
        FiniteAlphabet alphabet = new([.25, .5, .25], [Math.Log(2), 0, Math.Log(4)]);

        // w = (2, 1, 4), Z = 2: w/Z = (1, 1/2, 2), P* = (1/4, 1/4, 1/2), r in proportion to (1, 0, 2).
        Near.Absolute([1, .9, 1.2], Bounds.PointwiseRatio(alphabet, 1, 5), 1e-15);
        Near.Absolute(((((.25 * 1) + (.5 * 2 * 2)) / 1.25) - 1) / 5, Bounds.RewardGap(alphabet, 1, 5), 1e-15);
        Near.Absolute(Math.Log(2), Tilt.LogNormalizer(alphabet, 1), 1e-15);
        Near.Absolute(2, Tilt.PeakRatio(alphabet, 1), 1e-15);
        Near.Absolute(((.25 * 1) + (.25 * .5) + (.5 * 2)) - 1, Tilt.ChiSquare(alphabet, 1), 1e-15);
    }

    [Theory]
    [InlineData(.5)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_range_bound_is_attained_by_two_outcomes(double gap)
    {
        // Z = 2ab/(a+b) for a = 1, b = e^gap means P(high) = a/(a+b).
        double high = 1 / (1 + Math.Exp(gap));
        var alphabet = new FiniteAlphabet([1 - high, high], [0, gap]);

        Near.Relative(Bounds.ChiSquareFromRange(gap, 1), Tilt.ChiSquare(alphabet, 1), 1e-13);
    }

    [Fact]
    public void Pointwise_ratio_is_an_equality_for_one_candidate() => Near.Absolute(
        [.179000020574 / .5, .291943501933 / .3, .529056477493 / .2],
        Bounds.PointwiseRatio(Toys.Three, .5, 1),
        1e-11);

    [Fact]
    public void Outcomes_of_probability_zero_get_a_vacuous_ratio() =>
        Assert.Equal(1, Bounds.PointwiseRatio(new([1, 0], [0, 5]), .001, 3)[1]);

    [Fact]
    public void Bounds_survive_ranges_whose_exponential_overflows()
    {
        Near.Relative(2000 - Math.Log(4 * 10), Bounds.KlTiltToSoftFromRange(2, .001, 10), 1e-14);
        Near.Relative(
            Math.Log(1 + (Math.Pow(Math.Sinh(22), 2) / 1e9)),
            Bounds.KlTiltToSoftFromRange(44, 1, 1_000_000_000),
            1e-13);
        Assert.Equal(double.PositiveInfinity, Bounds.ChiSquareFromRange(2, .001));
        Assert.Equal(double.PositiveInfinity, Bounds.RewardGapFromRange(2, .001, 3));
        Near.Relative(Math.Log(10), Bounds.KlSoftToReferenceFromRange(2, .001, 10), 1e-14);
    }

    [Fact]
    public void Bounds_keep_their_digits_where_they_are_tiny()
    {
        Near.Relative(1e-20, Bounds.KlTiltToSoft(1e-18, 100), 1e-14);
        Near.Relative(.25e-16, Bounds.ChiSquareFromRange(1, 1e8), 1e-13);
        Near.Relative(.9e-8, Bounds.KlSoftToReferenceFromRange(1, 1e8, 10), 1e-7);
        // To first order chi-square is the variance of the reward over lambda^2: .275 - .35^2 here.
        Near.Relative(.1525e-16, Tilt.ChiSquare(Toys.Three, 1e8), 1e-7);
    }

    [Fact]
    public void Temperature_ends_give_the_limits()
    {
        Near.Relative(4, Tilt.ChiSquare(Toys.Three, 0), 1e-15);
        Near.Relative(5, Tilt.PeakRatio(Toys.Three, 0), 1e-15);
        Assert.Equal(0, Tilt.ChiSquare(Toys.Three, double.PositiveInfinity));
        Assert.Equal(1, Tilt.PeakRatio(Toys.Three, double.PositiveInfinity));
        Assert.Equal(0, Tilt.LogNormalizer(Toys.Three, double.PositiveInfinity));
        Assert.Equal(0, Bounds.ChiSquareFromRange(0, 0));
        Assert.Equal(double.PositiveInfinity, Bounds.KlTiltToSoftFromRange(1, 0, 5));
        Near.Relative(Math.Log(5), Bounds.KlSoftToReferenceFromRange(1, 0, 5), 1e-15);
        Assert.Equal(0, Bounds.KlSoftToReferenceFromRange(1, double.PositiveInfinity, 5));
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(5, 1e-18)]
    [InlineData(int.MaxValue, 1e-30)]
    public void A_negligible_tie_leaves_the_divergence_of_best_of_n(int n, double topMass) =>
        Near.Relative(Bounds.BestOfNKl(n), Bounds.BestOfNKl(n, topMass), 1e-14);

    [Theory]
    [InlineData(1, .3, 0)]
    [InlineData(7, 1, 0)]
    [InlineData(int.MaxValue, .25, 1.3862943611198906)]
    [InlineData(int.MaxValue, .875, .13353139262452263)]
    public void Ties_at_the_top_cap_the_divergence_of_best_of_n(int n, double topMass, double expected) =>
        Near.Absolute(expected, Bounds.BestOfNKl(n, topMass), 1e-15);
}

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Bad input is refused before any work, by an error that names the value and the cure.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData(new double[0], new double[0], "empty")]
    [InlineData(new[] { .5, .5 }, new double[0], "empty")]
    [InlineData(new[] { .5, .5 }, new[] { 1.0 }, "1 entries")]
    [InlineData(new[] { 1.5, -.5 }, new[] { 1.0, 2 }, "probabilities[1] = -0.5")]
    [InlineData(new[] { double.NaN, .5 }, new[] { 1.0, 2 }, "probabilities[0] = NaN")]
    [InlineData(new[] { double.PositiveInfinity, .5 }, new[] { 1.0, 2 }, "The sum of")]
    [InlineData(new[] { .5, .4 }, new[] { 1.0, 2 }, "is 0.9;")]
    [InlineData(new[] { 0.0, 0 }, new[] { 1.0, 2 }, "is 0;")]
    [InlineData(new[] { .5, .5 }, new[] { 1.0, double.NaN }, "rewards[1] = NaN")]
    [InlineData(new[] { .5, .5 }, new[] { double.PositiveInfinity, 1 }, "rewards[0] = Infinity")]
    [InlineData(new[] { .5, .5 }, new[] { 1, double.NegativeInfinity }, "rewards[1] = -Infinity")]
    [InlineData(new[] { .5, .5 }, new[] { 1.7e308, -1.7e308 }, "span")]
    public void A_malformed_alphabet_is_refused(double[] probabilities, double[] rewards, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => new FiniteAlphabet(probabilities, rewards));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.NegativeInfinity)]
    public void A_temperature_below_zero_is_refused_with_the_way_to_worst_of_n(double lambda)
    {
        Action[] calls =
        [
            () => ExactLaw.SoftBestOfN(Toys.Three, lambda, 2),
            () => ExactLaw.SoftBestOfNByEnumeration(Toys.Three, lambda, 2),
            () => ExactLaw.UniformRace(Toys.Three, lambda, 2),
            () => ExactLaw.OptimalTilt(Toys.Three, lambda),
            () => Tilt.ChiSquare(Toys.Three, lambda),
            () => Tilt.PeakRatio(Toys.Three, lambda),
            () => SelectionProbabilities.Soft([1], lambda),
            () => SelectionProbabilities.UniformRace([1], lambda),
            () => Bounds.PointwiseRatio(Toys.Three, lambda, 2),
            () => Bounds.RewardGap(Toys.Three, lambda, 2),
            () => Bounds.RewardGapFromRange(1, lambda, 2),
            () => Bounds.ChiSquareFromRange(1, lambda),
            () => Bounds.KlTiltToSoftFromRange(1, lambda, 2),
            () => Bounds.KlSoftToReferenceFromRange(1, lambda, 2),
        ];

        Assert.All(calls, call =>
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(nameof(lambda), call);
            Assert.Contains("WithNegatedRewards", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void The_normalizer_needs_a_positive_temperature(double lambda) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(lambda), () => Tilt.LogNormalizer(Toys.Three, lambda));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    public void Fewer_than_one_candidate_is_refused(int n)
    {
        Action[] calls =
        [
            () => ExactLaw.SoftBestOfN(Toys.Three, 1, n),
            () => ExactLaw.SoftBestOfNByEnumeration(Toys.Three, 1, n),
            () => ExactLaw.UniformRace(Toys.Three, 1, n),
            () => ExactLaw.BestOfN(Toys.Three, n),
            () => Bounds.PointwiseRatio(Toys.Three, 1, n),
            () => Bounds.KlTiltToSoft(1, n),
            () => Bounds.KlTiltToSoftFromRange(1, 1, n),
            () => Bounds.MaxDivergence(1, n),
            () => Bounds.RewardGap(Toys.Three, 1, n),
            () => Bounds.RewardGapFromPeak(1, n),
            () => Bounds.RewardGapFromRange(1, 1, n),
            () => Bounds.KlSoftToReferenceFromRange(1, 1, n),
            () => Bounds.BestOfNKl(n),
            () => Bounds.RatioToReference(n),
        ];

        Assert.All(calls, call => Assert.Throws<ArgumentOutOfRangeException>(nameof(n), call));
    }

    [Fact]
    public void A_missing_alphabet_is_refused()
    {
        Assert.Throws<ArgumentNullException>("alphabet", () => ExactLaw.SoftBestOfN(null!, 1, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => ExactLaw.BestOfN(null!, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => Tilt.ChiSquare(null!, 1));
        Assert.Throws<ArgumentNullException>("alphabet", () => Bounds.PointwiseRatio(null!, 1, 2));
    }

    [Fact]
    public void An_enumeration_too_long_to_finish_is_refused()
    {
        var alphabet = FiniteAlphabet.Uniform([.. Enumerable.Range(0, 1000)]);
        var error = Assert.Throws<ArgumentException>("n", () => ExactLaw.SoftBestOfNByEnumeration(alphabet, 1, 20));

        Assert.Contains(nameof(ExactLaw.SoftBestOfN), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Divergences_refuse_what_is_not_a_pair_of_laws()
    {
        Assert.Throws<ArgumentException>("p", () => Divergence.Kl([], []));
        Assert.Throws<ArgumentException>("q", () => Divergence.Kl([1], [.5, .5]));
        Assert.Throws<ArgumentException>("q", () => Divergence.ChiSquare([1], [.5]));
        Assert.Throws<ArgumentException>("p", () => Divergence.TotalVariation([double.NaN], [1]));
        Assert.Throws<ArgumentException>("law", () => Toys.Three.ExpectedReward([.5, .5]));
        Assert.Throws<ArgumentException>("law", () => Toys.Three.ExpectedReward([.5, .5, .5]));
    }

    [Fact]
    public void Selection_refuses_an_empty_or_infinite_set()
    {
        Assert.Throws<ArgumentException>("rewards", () => SelectionProbabilities.Soft([], 1));
        Assert.Throws<ArgumentException>("rewards", () => SelectionProbabilities.UniformRace([0, double.NaN], 1));
        Assert.Throws<ArgumentException>("rewards", () => FiniteAlphabet.Uniform([]));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    public void Bounds_refuse_impossible_numbers(double negative)
    {
        Assert.Throws<ArgumentOutOfRangeException>("chiSquare", () => Bounds.KlTiltToSoft(negative, 2));
        Assert.Throws<ArgumentOutOfRangeException>("peakRatio", () => Bounds.MaxDivergence(1 + negative, 2));
        Assert.Throws<ArgumentOutOfRangeException>("peakRatio", () => Bounds.RewardGapFromPeak(1 + negative, 2));
        Assert.Throws<ArgumentOutOfRangeException>("rewardRange", () => Bounds.ChiSquareFromRange(negative, 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            "rewardRange", () => Bounds.ChiSquareFromRange(double.PositiveInfinity, 1));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public void A_relative_reward_gap_needs_rewards_of_one_sign(double low, double high)
    {
        var alphabet = FiniteAlphabet.Uniform([low, high]);

        Assert.Throws<ArgumentException>("alphabet", () => Bounds.RewardGap(alphabet, 1, 2));
    }
}

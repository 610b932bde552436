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
            () => ExactLaw.SoftBestOfPoisson(Toys.Three, lambda, 2),
            () => UniformRewardLaw.SoftBestOfN(lambda, 2),
            () => UniformRewardLaw.SoftBestOfPoisson(lambda, 2),
            () => UniformRewardLaw.UniformRace(lambda, 2),
            () => Asymptotics.MeanGap(Toys.Three, lambda, [1, 2, 3]),
            () => Asymptotics.TotalVariation(Toys.Three, lambda),
            () => Asymptotics.Kl(Toys.Three, lambda),
            () => Sequences.SoftBestOfN(Toys.Three, 3, 1, lambda, 2),
            () => HedgeTune.Slope(Toys.Three, [1, 2, 3], lambda, 2),
            () => UnbiasedEstimate.SoftBestOfN([1], [1], lambda, 1),
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
            () => UniformRewardLaw.SoftBestOfN(1, n),
            () => UniformRewardLaw.UniformRace(1, n),
            () => UniformRewardLaw.BestOfN(n),
            () => Sequences.SoftBestOfN(Toys.Three, 3, 1, 1, n),
            () => Bounds.SequenceKlTiltToSoft(1, 3, 1, n),
            () => Bounds.BestOfNKl(n, .5),
            () => HedgeTune.OnLaw(Toys.Three, [1, 2, 3], n),
            () => HedgeTune.OnSamples([1, 2], [1, 2], n),
            () => HedgeTune.Slope(Toys.Three, [1, 2, 3], 1, n),
            () => UnbiasedEstimate.BestOfN([1], [1], n),
            () => UnbiasedEstimate.SoftBestOfN([1], [1], 1, n),
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
        Assert.Throws<ArgumentNullException>("alphabet", () => ExactLaw.SoftBestOfPoisson(null!, 1, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => ExactLaw.BestOfPoisson(null!, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => ExactLaw.ChiSquareTilt(null!, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => Asymptotics.Ratio(null!, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => Asymptotics.Kl(null!, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => Tilt.RateFunction(null!, 2));
        Assert.Throws<ArgumentNullException>("alphabet", () => Tilt.LambdaForReward(null!, 2));
        Assert.Throws<ArgumentNullException>("symbol", () => Sequences.Types(null!, 2));
        Assert.Throws<ArgumentNullException>("symbol", () => Sequences.SoftBestOfN(null!, 2, 1, 1, 1));
        Assert.Throws<ArgumentNullException>("symbol", () => Bounds.LogCandidatesNecessary(null!, 2, 1, 1));
        Assert.Throws<ArgumentNullException>("proxy", () => HedgeTune.OnLaw(null!, [1], 1));
        Assert.Throws<ArgumentNullException>("q", () => Divergence.Kl(UniformRewardLaw.Reference, null!));
        Assert.Throws<ArgumentNullException>("p", () => Divergence.ChiSquare(null!, UniformRewardLaw.Reference));
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

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_mean_number_of_candidates_is_finite_and_not_negative(double mean)
    {
        Assert.Throws<ArgumentOutOfRangeException>("extraMean", () => ExactLaw.BestOfPoisson(Toys.Three, mean));
        Assert.Throws<ArgumentOutOfRangeException>("extraMean", () => ExactLaw.SoftBestOfPoisson(Toys.Three, 1, mean));
        Assert.Throws<ArgumentOutOfRangeException>("extraMean", () => UniformRewardLaw.BestOfPoisson(mean));
        Assert.Throws<ArgumentOutOfRangeException>("extraMean", () => UniformRewardLaw.SoftBestOfPoisson(1, mean));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public void A_block_lies_within_its_sequence(int block)
    {
        Action[] calls =
        [
            () => Sequences.SoftBestOfN(Toys.Three, 3, block, 1, 2),
            () => Bounds.SequenceKlTiltToSoft(1, 3, block, 2),
            () => Bounds.LogCandidatesSufficient(1, 3, block, 1),
            () => Bounds.LogCandidatesNecessary(Toys.Three, 3, block, 1),
            () => Bounds.LogCandidatesNecessaryFromRange(1, 3, block, 1),
        ];

        Assert.All(calls, call =>
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>("blockLength", call);
            Assert.Contains("length = 3", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Sequences_have_a_length_that_can_be_listed()
    {
        var error = Assert.Throws<ArgumentException>("length", () => Sequences.Types(Toys.Three, 2000));

        Assert.Contains("1E+006", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Sequences.Types(Toys.Three, 0));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Sequences.ChiSquare(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("symbolChiSquare", () => Sequences.ChiSquare(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>("kl", () => Bounds.LogCandidatesSufficient(1, 3, 1, 0));
    }

    [Theory]
    [InlineData(-.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_probability_or_quantile_lies_within_0_and_1(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("topMass", () => Bounds.BestOfNKl(3, value));
        Assert.Throws<ArgumentOutOfRangeException>("reward", () => UniformRewardLaw.BestOfN(3).Density(value));
        Assert.Throws<ArgumentOutOfRangeException>(
            "expectedReward", () => Tilt.LambdaForReward(FiniteAlphabet.Uniform([.4, 1]), value));
    }

    [Fact]
    public void A_tilt_with_a_density_needs_some_warmth()
    {
        Assert.Throws<ArgumentOutOfRangeException>("lambda", () => UniformRewardLaw.OptimalTilt(0));
        Assert.Throws<ArgumentOutOfRangeException>("lambda", () => Asymptotics.Ratio(Toys.Three, 0));
        Assert.Throws<ArgumentOutOfRangeException>("lambda", () => ImportanceEstimate.OfTilt([1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>("penalty", () => ExactLaw.ChiSquareTilt(Toys.Three, -1));
        Assert.Throws<ArgumentOutOfRangeException>("penalty", () => SelectionProbabilities.Sparsemax([1], double.NaN));
    }

    [Fact]
    public void Estimates_refuse_more_candidates_than_samples_and_values_without_rewards()
    {
        Assert.Throws<ArgumentOutOfRangeException>("n", () => UnbiasedEstimate.BestOfN([1, 2], [1, 2], 3));
        Assert.Throws<ArgumentOutOfRangeException>("n", () => UnbiasedEstimate.SoftBestOfN([1, 2], [1, 2], 1, 3));
        Assert.Throws<ArgumentException>("values", () => UnbiasedEstimate.BestOfN([1, 2], [1], 1));
        Assert.Throws<ArgumentException>("values", () => ImportanceEstimate.OfTilt([1, 2], [1], 1));
        Assert.Throws<ArgumentException>("values", () => Asymptotics.MeanGap(Toys.Three, 1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => UnbiasedEstimate.PassAtK(5, 1, 6));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => UnbiasedEstimate.PassAtK(5, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("correct", () => UnbiasedEstimate.PassAtK(5, 6, 1));
        Assert.Throws<ArgumentOutOfRangeException>("correct", () => UnbiasedEstimate.PassAtK(5, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => UnbiasedEstimate.PassAtK(0, 0, 1));
        Assert.Throws<ArgumentException>("gold", () => HedgeTune.OnLaw(Toys.Three, [1, 2], 2));
        Assert.Throws<ArgumentException>("gold", () => HedgeTune.OnSamples([1, 2], [1], 1));
        Assert.Throws<ArgumentException>("proxy", () => HedgeTune.OnSamples([1, 2, 3], [1, 2, 3], 2));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Answers_are_numbered(int answer)
    {
        var error = Assert.Throws<ArgumentException>("answers", () => Majority.Masses([.5, .5], [0, answer]));

        Assert.Contains($"answers[1] = {answer}", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("answers", () => Majority.OfTheBests([1, 2], [0], 1));
        Assert.Throws<ArgumentOutOfRangeException>("resampleSize", () => Majority.OfTheBests([1, 2], [0, 1], 0));
    }
}

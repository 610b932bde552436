namespace SoftBoN.Kernels.Theory.Tests;

public sealed class FiniteAlphabetTests
{
    [Fact]
    public void An_alphabet_does_not_follow_later_writes_to_its_arguments()
    {
        double[] p = [.5, .5];
        double[] r = [0, 1];
        var alphabet = new FiniteAlphabet(p, r);
        p[0] = 7;
        r[0] = 7;

        Assert.Equal([.5, .5], alphabet.Probabilities.ToArray());
        Assert.Equal([0, 1], alphabet.Rewards.ToArray());
        Assert.Equal(2, alphabet.Count);
    }

    [Fact]
    public void Rounding_of_the_sum_is_removed_and_not_raised_to_the_nth_power()
    {
        var alphabet = new FiniteAlphabet([.5 + 4e-10, .5 + 4e-10], [0, 1]);

        Assert.Equal([.5, .5], alphabet.Probabilities.ToArray());
        Near.Absolute(1, ExactLaw.SoftBestOfN(alphabet, 1, 1_000_000).Sum(), 1e-13);
    }

    [Fact]
    public void Outcomes_of_probability_zero_have_no_influence()
    {
        var with = new FiniteAlphabet([0, .5, 0, .3, .2], [1e9, 0, .2, .5, 1]);
        double[] soft = ExactLaw.SoftBestOfN(Toys.Three, .5, 4);
        double[] race = ExactLaw.UniformRace(Toys.Three, .5, 4);

        Assert.Equal([0, soft[0], 0, soft[1], soft[2]], ExactLaw.SoftBestOfN(with, .5, 4));
        Assert.Equal([0, race[0], 0, race[1], race[2]], ExactLaw.UniformRace(with, .5, 4));
        Near.Absolute(ExactLaw.SoftBestOfN(with, .5, 4), ExactLaw.SoftBestOfNByEnumeration(with, .5, 4), 1e-14);
        Assert.Equal(1, with.RewardRange);
        Assert.Equal(Tilt.ChiSquare(Toys.Three, .5), Tilt.ChiSquare(with, .5));
    }

    [Fact]
    public void Equal_rewards_share_in_proportion_to_the_reference_law()
    {
        var split = new FiniteAlphabet([.125, .25, .375, .25], [0, 1, 0, 1]);
        var merged = new FiniteAlphabet([.5, .5], [0, 1]);
        double[] law = ExactLaw.SoftBestOfN(split, .3, 6);
        double[] levels = ExactLaw.SoftBestOfN(merged, .3, 6);

        Near.Absolute([levels[0] / 4, levels[1] / 2, levels[0] * 3 / 4, levels[1] / 2], law, 1e-15);
    }

    [Fact]
    public void Positive_and_negative_zero_are_one_reward()
    {
        var alphabet = FiniteAlphabet.Uniform([0.0, -0.0]);

        Assert.Equal([.5, .5], ExactLaw.BestOfN(alphabet, 5));
        Assert.Equal(0, alphabet.RewardRange);
    }

    [Fact]
    public void A_single_outcome_is_always_selected()
    {
        var alphabet = FiniteAlphabet.Uniform([-3.5]);

        Assert.Equal([1], ExactLaw.SoftBestOfN(alphabet, .1, 1000));
        Assert.Equal([1], ExactLaw.UniformRace(alphabet, .1, 1000));
        Assert.Equal([1], ExactLaw.BestOfN(alphabet, 1000));
        Assert.Equal(-3.5, alphabet.ExpectedReward([1]));
    }

    [Fact]
    public void One_candidate_is_returned_as_drawn()
    {
        double[] p = Toys.Three.Probabilities.ToArray();

        Assert.Equal(p, ExactLaw.SoftBestOfN(Toys.Three, .1, 1));
        Near.Absolute(p, ExactLaw.UniformRace(Toys.Three, .1, 1), 1e-15);
        Near.Absolute(p, ExactLaw.BestOfN(Toys.Three, 1), 1e-15);
    }

    [Fact]
    public void Negated_rewards_give_soft_worst_of_n()
    {
        double[] worst = ExactLaw.SoftBestOfN(Toys.Weights(1, 2, 3).WithNegatedRewards(), 1, 2);

        // Weights 1, 1/2, 1/3: pairs (1,2), (1,3), (2,3) favour the lower by 2:1, 3:1, 3:2.
        double third = 1.0 / 9;
        Near.Absolute(
            [third * (1 + (4.0 / 3) + (3.0 / 2)), third * (1 + (2.0 / 3) + (6.0 / 5)), third * (1 + .5 + .8)],
            worst,
            1e-15);
    }
}

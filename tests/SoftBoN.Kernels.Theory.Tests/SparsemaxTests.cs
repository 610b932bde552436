using CsCheck;

namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>Chi-square pessimism: known fractions, optimality against every other law, limits.</summary>
public sealed class SparsemaxTests
{
    [Fact]
    public void Four_rewards_have_the_known_fractions()
    {
        double[] rewards = [1, 2, 3, 4];

        Near.Absolute([0, 0, 0, 1], SelectionProbabilities.Sparsemax(rewards, .25), 1e-15);
        Near.Absolute([0, 0, .25, .75], SelectionProbabilities.Sparsemax(rewards, .5), 1e-15);
        Near.Absolute(
            Toys.Fractions((0, 1), (1, 12), (1, 3), (7, 12)), SelectionProbabilities.Sparsemax(rewards, 1), 1e-15);
        Near.Absolute(
            Toys.Fractions((5, 32), (7, 32), (9, 32), (11, 32)), SelectionProbabilities.Sparsemax(rewards, 4), 1e-15);
    }

    [Theory]
    [InlineData(.25, 3)]
    [InlineData(.5, 2.5)]
    [InlineData(1, 5.0 / 3)]
    [InlineData(4, -1.5)]
    public void The_threshold_is_the_known_one(double penalty, double threshold) => Near.Absolute(
        threshold, 4 - (4 * penalty * SelectionProbabilities.Sparsemax([1, 2, 3, 4], penalty)[3]), 1e-14);

    [Fact]
    public void No_other_law_has_a_higher_penalised_reward() => Gen.Select(
        Instance.Any(6, 1), Gen.Double[0, 1].Array[6], Gen.Double[-5, 5]).Sample(
        (x, weights, logPenalty) =>
        {
            double penalty = Math.Exp(logPenalty);
            double[] best = ExactLaw.ChiSquareTilt(x.Alphabet, penalty);
            double[] other = [.. best.Select((p, i) => (.9 * p) + (.1 * weights[i] * x.Reference[i]))];
            other = Array.ConvertAll(other, p => p / other.Sum());
            double Score(double[] law) => x.Alphabet.ExpectedReward(law)
                - (penalty / 2 * Divergence.ChiSquare(law, x.Reference));

            Near.Absolute(1, best.Sum(), 1e-14);
            Near.AtMost(Score(other), Score(best), 1e-12 * (1 + penalty));
            Near.AtMost(Score(ExactLaw.OptimalTilt(x.Alphabet, penalty)), Score(best), 1e-12 * (1 + penalty));
        },
        iter: 2000);

    [Fact]
    public void The_ends_are_the_best_rewards_and_the_reference_law()
    {
        double[] p = Toys.Three.Probabilities.ToArray();

        Near.Absolute([0, 0, 1], ExactLaw.ChiSquareTilt(Toys.Three, 0), 1e-15);
        Near.Absolute([0, 0, 1], ExactLaw.ChiSquareTilt(Toys.Three, 1e-300), 1e-15);
        Near.Absolute(p, ExactLaw.ChiSquareTilt(Toys.Three, double.PositiveInfinity), 1e-15);
        Near.Absolute(p, ExactLaw.ChiSquareTilt(Toys.Three, 1e16), 1e-15);
        Near.Absolute([.5, 0, .5], SelectionProbabilities.Sparsemax([2, 1, 2], 0), 1e-15);
    }

    [Fact]
    public void A_weak_tilt_is_that_of_the_exponential_to_first_order()
    {
        const double Penalty = 1e5;
        double[] pessimist = ExactLaw.ChiSquareTilt(Toys.Three, Penalty);
        double[] tilt = ExactLaw.OptimalTilt(Toys.Three, Penalty);

        Near.Absolute(tilt, pessimist, 1e-10);
        Assert.True(Math.Abs(pessimist[2] - Toys.Three.Probabilities[2]) > 1e-6);
    }
}

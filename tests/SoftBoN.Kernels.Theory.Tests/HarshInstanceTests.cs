namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>
/// Many candidates, very cold and very hot temperatures: expected values from fine Gauss-Legendre panels on the
/// defining integrals in 30-digit arithmetic. Each probability is compared relatively, down to 1e-167.
/// </summary>
public sealed class HarshInstanceTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<double[], double[], double, int, double[], double[]> Instances => new()
    {
        {
            [.5, .3, .2], [0, .5, 1], .5, 1_000_000,
            [.179000269329016422, .291943728055705868, .52905600261527771],
            [.179000020574273815, .291943501932506234, .529056477493219951]
        },
        {
            [.5, .25, .125, .125], [0, 1, 2, 3], .0625, 5,
            [.0312500515602947674, .206054669604447095, .275604240630211314, .487091038205046823],
            [.0312500287931808899, .206054676228629139, .275604244111162527, .487091050867027444]
        },
        {
            [.5, .25, .125, .125], [0, 1, 2, 3], .0078125, 1000,
            [6.8898097786095289e-167, 1.33927856960020125e-111, 2.60329002084202265e-56, 1],
            [6.83432383824651091e-167, 1.32849291176201029e-111, 2.58239653018067927e-56, 1]
        },
        {
            [.5, .25, .125, .125], [-2, 0, .25, 4], 1024, 100,
            [.499259462617803668, .250112883270011228, .125086671157519555, .125540982954665548],
            [.499251975552941177, .250114014967760846, .125087542707140743, .125546466772157235]
        },
        {
            [.25, .25, .25, .25], [0, .125, .5, 8], .25, 40,
            [1.0395189108666875e-6, 1.70512883923809653e-6, 7.31193755452798892e-6, .999989943414695367],
            [1.0018737136076986e-6, 1.6518105021803411e-6, 7.40290107295120778e-6, .999989943414711261]
        },
        {
            [.9375, .062499046325683594, 9.5367431640625e-07], [0, 1, 20], 1, 3000,
            [.844233536963441228, .152909547095067234, .002856915941491538],
            [.844166566105776657, .152976508183978877, .00285692571024446597]
        },
    };

    [Theory]
    [MemberData(nameof(Instances))]
    public void Laws_equal_high_precision_quadrature(
        double[] p, double[] rewards, double lambda, int n, double[] soft, double[] race)
    {
        var alphabet = new FiniteAlphabet(p, rewards);

        Near.Relative(soft, ExactLaw.SoftBestOfN(alphabet, lambda, n), Tolerance);
        Near.Relative(race, ExactLaw.UniformRace(alphabet, lambda, n), Tolerance);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-12)]
    [InlineData(1e-4)]
    public void A_cold_temperature_is_best_of_n(double lambda)
    {
        double[] best = ExactLaw.BestOfN(Toys.Three, 7);

        Near.Relative(best, ExactLaw.SoftBestOfN(Toys.Three, lambda, 7), 1e-13);
        Near.Relative(best, ExactLaw.UniformRace(Toys.Three, lambda, 7), 1e-13);
        Near.Absolute([0, 0, 1], ExactLaw.OptimalTilt(Toys.Three, lambda), 1e-15);
    }

    [Fact]
    public void Zero_temperature_is_best_of_n_to_the_bit()
    {
        double[] best = ExactLaw.BestOfN(Toys.Three, 7);

        Assert.Equal(best, ExactLaw.SoftBestOfN(Toys.Three, 0, 7));
        Assert.Equal(best, ExactLaw.UniformRace(Toys.Three, 0, 7));
        Near.Relative(best, ExactLaw.SoftBestOfNByEnumeration(Toys.Three, 0, 7), 1e-13);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(1e300, 4e-16)]
    [InlineData(1e14, 1e-12)]
    public void A_hot_temperature_is_the_reference_law(double lambda, double tolerance)
    {
        double[] p = Toys.Three.Probabilities.ToArray();

        Near.Absolute(p, ExactLaw.SoftBestOfN(Toys.Three, lambda, 50), tolerance);
        Near.Absolute(p, ExactLaw.UniformRace(Toys.Three, lambda, 50), tolerance);
        Near.Absolute(p, ExactLaw.OptimalTilt(Toys.Three, lambda), tolerance);
        Near.Absolute(p, ExactLaw.SoftBestOfNByEnumeration(Toys.Three, lambda, 50), 1e-13);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    public void Laws_sum_to_one_whatever_the_temperature(int n)
    {
        double[] rewards = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i * i))];
        double[] weights = [.. Enumerable.Range(1, 40).Select(i => 1 / (double)(i * i))];
        var alphabet = new FiniteAlphabet(Array.ConvertAll(weights, w => w / weights.Sum()), rewards);
        for (double lambda = 1e-6; lambda < 1e7; lambda *= 3)
        {
            Near.Absolute(1, ExactLaw.SoftBestOfN(alphabet, lambda, n).Sum(), 1e-13);
            Near.Absolute(1, ExactLaw.UniformRace(alphabet, lambda, n).Sum(), 1e-13);
            Near.Absolute(1, ExactLaw.OptimalTilt(alphabet, lambda).Sum(), 1e-13);
        }
    }

    [Theory]
    [InlineData(1e-9, 2)]
    [InlineData(1e-5, 100)]
    [InlineData(0.1, 2)]
    [InlineData(0.1, 1_000_000)]
    [InlineData(10, 1000)]
    public void A_large_alphabet_keeps_its_sum_and_its_order(double lambda, int n)
    {
        const int Count = 20_000;
        double[] rewards = [.. Enumerable.Range(0, Count).Select(i => (double)i / Count)];
        var alphabet = FiniteAlphabet.Uniform(rewards);
        double[] soft = ExactLaw.SoftBestOfN(alphabet, lambda, n);
        double[] race = ExactLaw.UniformRace(alphabet, lambda, n);

        Near.Absolute(1, soft.Sum(), 1e-13);
        Near.Absolute(1, race.Sum(), 1e-13);
        for (int i = 1; i < Count; i++)
        {
            Near.AtMost(soft[i - 1], soft[i], 1e-12 * soft[i]);
            Near.AtMost(race[i - 1], race[i], 1e-12 * race[i]);
        }
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(3)]
    public void Rounding_does_not_add_up_over_a_large_alphabet(int levels)
    {
        const int Count = 300_000;
        double[] rewards = [.. Enumerable.Range(0, Count).Select(i => (double)(i % levels) / levels)];
        var alphabet = FiniteAlphabet.Uniform(rewards);

        // By twos, so that the sum in the test does not blur what it measures.
        double[] race = ExactLaw.UniformRace(alphabet, 1, 1_000_000);
        for (int width = 1; width < Count; width *= 2)
        {
            for (int i = 0; i + width < Count; i += 2 * width)
            {
                race[i] += race[i + width];
            }
        }

        Near.Absolute(1, race[0], 5e-14);
    }

    [Fact]
    public void Rewards_far_from_zero_do_not_blur_the_law()
    {
        const double Far = 1 << 30;
        double[] expected = ExactLaw.SoftBestOfN(new([.5, .25, .25], [0, .25, 1]), .125, 9);

        Near.Relative(expected, ExactLaw.SoftBestOfN(new([.5, .25, .25], [Far, Far + .25, Far + 1]), .125, 9), 1e-14);
        Near.Relative(expected, ExactLaw.SoftBestOfN(new([.5, .25, .25], [0, Far / 4, Far]), Far / 8, 9), 1e-14);
    }

    [Fact]
    public void A_distant_pair_is_resolved_as_well_as_a_near_one()
    {
        // A chain of 2001 levels, 500 apart in log-weight: the lowest pair lies a million below the top.
        double[] chain = [.. Enumerable.Range(1, 2000).Select(i => i * 50.0)];
        double[] p = [.. Enumerable.Repeat(1e-6, 2000), .499, .499];
        var alphabet = new FiniteAlphabet(p, [.. chain, 0, .1]);
        double[] soft = ExactLaw.SoftBestOfN(alphabet, .1, 2);

        // Two candidates among the pair: weights 1 and e; one in the chain: the chain wins.
        double same = .499 * .499;
        double shareOfLower = 1 / (1 + Math.E);
        Near.Relative(same + (2 * same * shareOfLower), soft[2000], 1e-13);
        Near.Relative(same + (2 * same * (1 - shareOfLower)), soft[2001], 1e-13);
    }

    [Theory]
    [InlineData(2, .5)]
    [InlineData(1000, .5)]
    [InlineData(1000, 1e-3)]
    [InlineData(20_000, 3)]
    public void Selection_probabilities_sum_to_one_and_follow_the_rewards(int count, double lambda)
    {
        double[] rewards = [.. Enumerable.Range(0, count).Select(i => (double)i / count)];
        double[] race = SelectionProbabilities.UniformRace(rewards, lambda);

        Near.Absolute(1, race.Sum(), 1e-12);
        for (int i = 1; i < count; i++)
        {
            Near.AtMost(race[i - 1], race[i], 1e-12 * race[i]);
        }
    }

    [Fact]
    public void Selection_at_the_ends_of_the_temperature_shares_equally()
    {
        double[] rewards = [1, 3, 3, 2];

        Assert.Equal([0, .5, .5, 0], SelectionProbabilities.Soft(rewards, 0));
        Near.Absolute([0, .5, .5, 0], SelectionProbabilities.UniformRace(rewards, 0), 1e-15);
        Assert.Equal([.25, .25, .25, .25], SelectionProbabilities.Soft(rewards, double.PositiveInfinity));
        Near.Absolute(
            [.25, .25, .25, .25], SelectionProbabilities.UniformRace(rewards, double.PositiveInfinity), 1e-15);
    }
}

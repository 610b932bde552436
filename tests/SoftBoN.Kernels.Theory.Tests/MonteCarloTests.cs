namespace SoftBoN.Kernels.Theory.Tests;

/// <summary>
/// Selection played out with fixed seeds: counts against exact laws by chi-square, means by their standard error, both
/// at alpha = 1e-6. Nothing here shares a formula with the library.
/// </summary>
public sealed class MonteCarloTests
{
    private const int Draws = 200_000;

    /// <summary>Critical values of chi-square at 1e-6 for two degrees of freedom and of a normal deviate.</summary>
    private const double ChiSquareAtTwo = 27.63;
    private const double Deviate = 4.9;

    [Fact]
    public void Soft_best_of_poisson()
    {
        var random = new Random(1);
        double[] law = ExactLaw.SoftBestOfPoisson(Toys.Three, .5, 2.5);
        double[] counts = Play(random, r => Soft(r, Candidates(r, 1 + Poisson(r, 2.5)), .5));

        Assert.True(Statistic(counts, law) < ChiSquareAtTwo, $"{Statistic(counts, law)}");
        Assert.True(Statistic(counts, ExactLaw.SoftBestOfN(Toys.Three, .5, 3)) > ChiSquareAtTwo);
    }

    [Fact]
    public void Best_of_poisson()
    {
        var random = new Random(2);
        double[] law = ExactLaw.BestOfPoisson(Toys.Three, 1.5);
        double[] counts = Play(random, r => Candidates(r, 1 + Poisson(r, 1.5)).Max());

        Assert.True(Statistic(counts, law) < ChiSquareAtTwo, $"{Statistic(counts, law)}");
        Assert.True(Statistic(counts, ExactLaw.BestOfPoisson(Toys.Three, 1.6)) > ChiSquareAtTwo);
    }

    [Fact]
    public void Uniform_rewards()
    {
        var random = new Random(3);
        const double Lambda = .2;
        const int N = 5;
        double soft = 0;
        double race = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] u = [.. Enumerable.Range(0, N).Select(_ => random.NextDouble())];
            soft += u.MaxBy(x => (x / Lambda) - Math.Log(-Math.Log(1 - random.NextDouble())));
            race += u.MaxBy(x => (x / Lambda) - Math.Log(1 - random.NextDouble()));
        }

        // A variable in [0, 1] that is mostly above 1/2 has a deviation below 0.3.
        double error = Deviate * .3 / Math.Sqrt(Draws);
        Near.Absolute(UniformRewardLaw.SoftBestOfN(Lambda, N).ExpectedReward(), soft / Draws, error);
        Near.Absolute(UniformRewardLaw.UniformRace(Lambda, N).ExpectedReward(), race / Draws, error);
        Assert.True(UniformRewardLaw.UniformRace(Lambda, N).ExpectedReward()
            - UniformRewardLaw.SoftBestOfN(Lambda, N).ExpectedReward() > 2 * error);
    }

    [Fact]
    public void Sequences_by_blocks()
    {
        var random = new Random(4);
        const int Length = 7;
        const int Block = 3;
        const int N = 4;
        const int Runs = Draws / 10;
        double sum = 0;
        double squares = 0;
        for (int run = 0; run < Runs; run++)
        {
            double reward = 0;
            for (int start = 0; start < Length; start += Block)
            {
                int length = Math.Min(Block, Length - start);
                double[] blocks = [.. Enumerable.Range(0, N).Select(
                    _ => Candidates(random, length).Sum(y => Toys.Three.Rewards[y]))];
                reward += blocks.MaxBy(x => x - Math.Log(-Math.Log(1 - random.NextDouble())));
            }

            sum += reward;
            squares += reward * reward;
        }

        double mean = sum / Runs;
        double error = Deviate * Math.Sqrt(((squares / Runs) - (mean * mean)) / Runs);
        Near.Absolute(Sequences.SoftBestOfN(Toys.Three, Length, Block, 1, N).ExpectedReward, mean, error);
        Assert.True(Math.Abs(Sequences.SoftBestOfN(Toys.Three, Length, 1, 1, N).ExpectedReward - mean) > error);
    }

    [Fact]
    public void The_soft_estimate_from_a_pool()
    {
        var random = new Random(5);
        double[] pool = [.3, -1, .9, .2, .9, -.4, 1.5, .1];
        double[] gold = [1, 0, .5, .2, .1, .9, .3, .7];
        double sum = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            int[] set = [.. Enumerable.Range(0, pool.Length)];
            random.Shuffle(set);
            int chosen = set[..3].MaxBy(i => (pool[i] / .4) - Math.Log(-Math.Log(1 - random.NextDouble())));
            sum += gold[chosen];
        }

        Near.Absolute(
            UnbiasedEstimate.SoftBestOfN(pool, gold, .4, 3), sum / Draws, Deviate * .5 / Math.Sqrt(Draws));
    }

    private static double[] Play(Random random, Func<Random, int> select)
    {
        var counts = new double[3];
        for (int draw = 0; draw < Draws; draw++)
        {
            counts[select(random)]++;
        }

        return counts;
    }

    private static int[] Candidates(Random random, int n) => [.. Enumerable.Range(0, n).Select(_ =>
    {
        double u = random.NextDouble();
        return u < .5 ? 0 : u < .8 ? 1 : 2;
    })];

    private static int Soft(Random random, int[] candidates, double lambda)
    {
        double[] weights = Array.ConvertAll(candidates, y => Math.Exp(Toys.Three.Rewards[y] / lambda));
        double mark = random.NextDouble() * weights.Sum();
        int i = 0;
        for (; i < candidates.Length - 1 && mark >= weights[i]; i++)
        {
            mark -= weights[i];
        }

        return candidates[i];
    }

    private static int Poisson(Random random, double mean)
    {
        int count = 0;
        for (double product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }

    private static double Statistic(double[] counts, double[] law) => counts.Select((count, y) =>
    {
        double expected = Draws * law[y];
        return (count - expected) * (count - expected) / expected;
    }).Sum();
}

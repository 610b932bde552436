using SoftBoN.Kernels.Theory;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>A million picks from the same candidates follow the selector's probabilities.</summary>
public sealed class FixedCandidatesLawTests
{
    private const int Draws = 1_000_000;

    private static readonly float[] Eight = [0.3f, -1.2f, 2.1f, 0.9f, -0.4f, 1.7f, 0f, 1.1f];

    [Theory]
    [InlineData(0.5f)]
    [InlineData(1f)]
    [InlineData(10f)]
    public void Gumbel_draws_follow_the_softmax(float lambda) => ChiSquare.AssertFits(
        ChiSquare.Count(DrawsOf(Eight, new Pick(Temperature.Given(lambda))), 8), Soft(Eight, lambda));

    [Fact]
    public void Positions_of_one_seed_follow_the_softmax() => ChiSquare.AssertFits(
        ChiSquare.Count(RowsOf(Eight, new Pick(Temperature.Given(1))), 8), Soft(Eight, 1));

    [Fact]
    public void Seeds_at_one_position_follow_the_softmax()
    {
        var pick = new Pick(Temperature.Given(1))
        {
            Seeds = [.. Enumerable.Range(0, Draws).Select(i => (ulong)i)],
            Positions = [7],
        };

        ChiSquare.AssertFits(ChiSquare.Count(RowsOf(Eight, pick), 8), Soft(Eight, 1));
    }

    [Fact]
    public void Draws_with_margins_follow_the_softmax()
    {
        SelectionResult result = SelectionResult.Of(
            Engines.Simd, Batch.Of(Eight), new Pick(Temperature.Given(1)) { Draws = Draws });

        ChiSquare.AssertFits(ChiSquare.Count(result.Index, 8), Soft(Eight, 1));
    }

    [Fact]
    public void Long_rows_follow_the_softmax_from_end_to_end()
    {
        float[] row = new RandomRewards(191).Row(1100);
        long[] counts = new long[32];
        double[] probabilities = new double[32];
        double[] soft = Soft(row, 1);
        foreach (int index in DrawsOf(row, new Pick(Temperature.Given(1))))
        {
            counts[index * 32 / row.Length]++;
        }

        for (int i = 0; i < row.Length; i++)
        {
            probabilities[i * 32 / row.Length] += soft[i];
        }

        ChiSquare.AssertFits(counts, probabilities);
    }

    [Fact]
    public void Two_hundred_and_fifty_six_ties_at_lambda_zero_share_alike()
    {
        float[] row = [.. Enumerable.Range(0, 600).Select(i => i % 2 == 0 && i < 512 ? 1f : 0f)];
        int[] picks = DrawsOf(row, new Pick(Temperature.Given(0)));

        Assert.All(picks, pick => Assert.Equal(1, row[pick]));
        ChiSquare.AssertFits(
            ChiSquare.Count(Array.ConvertAll(picks, pick => pick / 2), 256), [.. Enumerable.Repeat(1 / 256.0, 256)]);
    }

    [Fact]
    public void Offsets_follow_the_softmax_of_reward_over_lambda_plus_offset()
    {
        float[] offsets = [1, 0, -2, 0.5f, 0, -1, 2, 0];
        float[] tilted = [.. Eight.Zip(offsets, (r, o) => r + o)];
        int[] picks = DrawsOf(Eight, new Pick(Temperature.Given(1)) { Offsets = offsets });

        ChiSquare.AssertFits(ChiSquare.Count(picks, 8), Soft(tilted, 1));
    }

    [Fact]
    public void The_uniform_race_of_weights_1_2_3()
    {
        float[] row = [MathF.Log(1), MathF.Log(2), MathF.Log(3)];
        long[] counts = ChiSquare.Count(
            DrawsOf(row, new Pick(Temperature.Given(1)) { Noise = SelectionNoise.UniformRace }), 3);

        ChiSquare.AssertFits(counts, [7 / 54.0, 16 / 54.0, 31 / 54.0]);
        ChiSquare.AssertRejects(counts, [1 / 6.0, 2 / 6.0, 3 / 6.0]);
    }

    [Fact]
    public void The_uniform_race_of_eight()
    {
        double[] rewards = Array.ConvertAll(Eight, r => (double)r);
        long[] counts = ChiSquare.Count(
            DrawsOf(Eight, new Pick(Temperature.Given(1)) { Noise = SelectionNoise.UniformRace }), 8);

        ChiSquare.AssertFits(counts, SelectionProbabilities.UniformRace(rewards, 1));
        ChiSquare.AssertRejects(counts, Soft(Eight, 1));
    }

    [Fact]
    public void A_negative_lambda_follows_the_softmax_of_negated_rewards() => ChiSquare.AssertFits(
        ChiSquare.Count(DrawsOf(Eight, new Pick(Temperature.Signed(-1))), 8),
        Soft(Array.ConvertAll(Eight, r => -r), 1));

    private static double[] Soft(float[] rewards, double lambda) =>
        SelectionProbabilities.Soft(Array.ConvertAll(rewards, r => (double)r), lambda);

    private static int[] DrawsOf(float[] row, Pick pick) => SelectionResult.Of(
        Engines.Simd, Batch.Of(row), pick with { Draws = Draws }, SelectionWanted.Index).Index;

    private static int[] RowsOf(float[] row, Pick pick) => SelectionResult.Of(
        Engines.Simd2, Batch.Strided(row, Draws, row.Length, rowStride: 0), pick, SelectionWanted.Index).Index;
}

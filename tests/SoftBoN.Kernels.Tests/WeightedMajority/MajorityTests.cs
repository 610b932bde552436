using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.WeightedMajority;

/// <summary>The answer with the largest sum of soft weights.</summary>
public sealed class MajorityTests
{
    private const float Excluded = float.NegativeInfinity;

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(1f)]
    [InlineData(float.PositiveInfinity)]
    public void The_winner_and_its_share_in_double_precision(float lambda)
    {
        Batch batch = new RandomRewards(301).Rows(
            [1, 2, 3, 5, 8, 13, 40, 100, 1000, 3000], Mood.Normal, Mood.Ties, Mood.SomeExcluded);
        int[] answers = Answers(batch, 302, kinds: 6);
        int[] starts = batch.PackedStarts();
        MajorityResult result = MajorityResult.Of(Engines.Simd, batch, Temperature.Given(lambda), answers);
        for (int row = 0; row < batch.Count; row++)
        {
            double[] sums = Sums(batch.Row(row), lambda, answers.AsSpan(starts[row], batch.Length(row)), kinds: 6);
            if (result.Status[row] != RowStatus.Ok)
            {
                Assert.Equal(0, sums.Max());
                Assert.Equal(-1, result.Answer[row]);
                continue;
            }

            Near.Absolute(sums.Max(), sums[result.Answer[row]], 1e-6, $"row {row}: sum of the winner");
            Near.Absolute(sums[result.Answer[row]], result.Share[row], 1e-6, $"row {row}: share");
            Assert.Equal(FirstWith(result.Answer[row], batch.Row(row), answers, starts[row]), result.Index[row]);
        }
    }

    [Fact]
    public void Among_equal_sums_the_answer_seen_first_wins()
    {
        AssertAnswer([1, 1, 1, 1], [9, 4, 4, 9], answer: 9, index: 0);
        AssertAnswer([1, 1, 1, 1], [4, 9, 9, 4], answer: 4, index: 0);
        AssertAnswer([Excluded, 1, 1, 1], [9, 4, 9, 8], answer: 4, index: 1);
        AssertAnswer([1, 1, 1, 1, 1], [-1, 7, 5, 5, 7], answer: 7, index: 1);
        AssertAnswer([0, 5, 5], [1, int.MaxValue, 0], answer: int.MaxValue, index: 1);
    }

    [Fact]
    public void Voters_without_weight_still_vote()
    {
        MajorityResult result = MajorityResult.Of(
            Engines.Simd, Batch.Of([5, 0, 0]), Temperature.Given(0), [-1, 3, 2]);

        Assert.Equal([3], result.Answer);
        Assert.Equal([0f], result.Share);
        Assert.Equal([RowStatus.Ok], result.Status);
    }

    [Fact]
    public void Many_weak_candidates_outvote_one_strong()
    {
        AssertAnswer([2, 1, 1, 1], [0, 1, 1, 1], answer: 1, index: 1);
        AssertAnswer([2.2f, 1, 1, 1], [0, 1, 1, 1], answer: 0, index: 0);
    }

    [Fact]
    public void Abstentions_count_for_the_weights_and_vote_for_nothing()
    {
        MajorityResult result = MajorityResult.Of(
            Engines.Simd, Batch.Of([5, 0, 0, 0]), Temperature.Given(1), [-1, 2, int.MinValue, 2]);
        double weight = 1 / (Math.Exp(5) + 3);

        Assert.Equal([2], result.Answer);
        Assert.Equal([1], result.Index);
        Near.Relative(2 * weight, result.Share[0], 20 * Near.Rounding);
    }

    [Fact]
    public void Rows_without_votes_and_rows_in_trouble()
    {
        Batch batch = Batch.Of(
            [1, 2], [Excluded, 2], [], [float.NaN, 1], [1, float.PositiveInfinity], [Excluded], [1, 2], [1, 2]);
        int[] answers = [-1, -5, 3, -1, 1, 1, 1, 1, 1, 6, 6, 7, 7];
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            MajorityResult result = MajorityResult.Of(
                engine, batch, Temperature.PerRow(1, 1, 1, 1, 1, 1, -1, 0), answers);
            Assert.Equal(
                [
                    RowStatus.NoVotes, RowStatus.NoVotes, RowStatus.Empty, RowStatus.RewardNaN,
                    RowStatus.RewardPositiveInfinity, RowStatus.AllExcluded, RowStatus.LambdaInvalid, RowStatus.Ok,
                ],
                result.Status);
            Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 7], result.Answer);
            Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 0], result.Index);
            Assert.All(result.Share[..7], share => Assert.Equal(0x7fc00000u, BitConverter.SingleToUInt32Bits(share)));
            Assert.Equal(1, result.Share[7]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(5000)]
    public void The_share_is_the_canonical_sum_with_all_others_counted_as_zero(int kinds)
    {
        foreach (int length in new[] { 1, 5, 127, 128, 129, 1024, 1025, 5000, 40_000 })
        {
            Batch batch = new RandomRewards(303).Rows([length], Mood.Normal);
            int[] answers = Answers(batch, 304, kinds);
            MajorityResult result = MajorityResult.Of(Engines.Simd, batch, Temperature.Given(0.9f), answers);
            float[] weights = WeightsResult.Of(Engines.Simd, batch, Temperature.Given(0.9f)).Weights;
            CanonicalSum sum = default;
            for (int i = 0; i < length; i++)
            {
                sum.Add(answers[i] == result.Answer[0] ? weights[i] : 0f);
            }

            Bitwise.Same([sum.Total()], result.Share, $"length {length}");
        }
    }

    [Fact]
    public void Budgets_and_signs_of_lambda_are_those_of_the_weights()
    {
        Batch batch = new RandomRewards(305).Rows([10, 100], Mood.Normal, Mood.Ties);
        int[] answers = Answers(batch, 306, 4);
        foreach (Temperature lambda in (Temperature[])
            [Temperature.Kl(0.4f), Temperature.Ess(5), Temperature.Signed(-2)])
        {
            MajorityResult result = MajorityResult.Of(Engines.Simd, batch, lambda, answers);
            WeightsResult weights = WeightsResult.Of(Engines.Simd, batch, lambda);
            Bitwise.Same(weights.Lambda, result.Lambda, "lambda");
            Assert.Equal(weights.Status, result.Status);
        }
    }

    internal static int[] Answers(Batch batch, ulong seed, int kinds)
    {
        var random = new RandomRewards(seed);
        return [.. Enumerable.Range(0, batch.Packed).Select(_ => random.NextInt(kinds + 1) - 1)];
    }

    private static void AssertAnswer(float[] row, int[] answers, int answer, int index)
    {
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            MajorityResult result = MajorityResult.Of(engine, Batch.Of(row), Temperature.Given(1), answers);
            Assert.Equal([answer], result.Answer);
            Assert.Equal([index], result.Index);
        }
    }

    private static double[] Sums(float[] rewards, float lambda, ReadOnlySpan<int> answers, int kinds)
    {
        double[] sums = new double[kinds];
        float max = rewards.Max();
        double[] weights = Array.ConvertAll(
            rewards,
            r => r == max ? 1 : float.IsNegativeInfinity(r) || lambda == 0 ? 0 : Math.Exp(((double)r - max) / lambda));
        for (int i = 0; i < answers.Length; i++)
        {
            if (answers[i] >= 0 && float.IsFinite(max))
            {
                sums[answers[i]] += weights[i] / weights.Sum();
            }
        }

        return sums;
    }

    private static int FirstWith(int answer, float[] row, int[] answers, int start) =>
        Enumerable.Range(0, row.Length).First(i => answers[start + i] == answer && float.IsFinite(row[i]));
}

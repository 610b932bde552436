namespace SoftBoN.Kernels.Tests.WeightedMajority;

/// <summary>Every backend, layout and number of threads returns the bits of the scalar loops.</summary>
public sealed class BackendBitsTests
{
    [Fact]
    public void All_lengths_to_300_of_all_moods()
    {
        Batch batch = new RandomRewards(311).Rows(Enumerable.Range(1, 300), RandomRewards.Moods);
        int[] answers = MajorityTests.Answers(batch, 312, 5);

        Assert.All(
            [
                Temperature.Given(0), Temperature.Given(1e-38f), Temperature.Given(0.4f), Temperature.Given(1e37f),
                Temperature.Given(float.PositiveInfinity), Temperature.Signed(-1),
            ],
            lambda => AssertAllEnginesAgree(batch, lambda, answers));
    }

    [Fact]
    public void Lengths_around_segments_and_budgets()
    {
        Batch batch = new RandomRewards(313).Rows([1023, 1024, 1025, 65_540], Mood.Normal, Mood.SomeExcluded);
        int[] answers = MajorityTests.Answers(batch, 314, 300);

        Assert.All(
            [Temperature.Given(0.4f), Temperature.Kl(1), Temperature.Ess(20)],
            lambda => AssertAllEnginesAgree(batch, lambda, answers));
    }

    [Fact]
    public void Mapped_and_strided_rows_are_their_copies()
    {
        var random = new RandomRewards(315);
        float[] memory = random.Row(3000, Mood.SomeExcluded);
        long[] starts = [.. Enumerable.Range(0, 100).Select(_ => (long)random.NextInt(2500))];
        int[] lengths = [.. starts.Select(_ => random.NextInt(500))];
        foreach (Batch batch in new[]
        {
            Batch.Mapped(memory, starts, lengths),
            Batch.Strided(memory, 30, 70, rowStride: 3, columnStride: 40),
            Batch.Ragged(memory, [5, 5, 60, 1300, 3000]),
        })
        {
            int[] answers = MajorityTests.Answers(batch, 316, 7);
            MajorityResult expected = MajorityResult.Of(
                Engines.Reference, Batch.Of(batch.AllRows()), Temperature.Given(0.6f), answers);
            MajorityResult.AssertSame(
                expected, MajorityResult.Of(Engines.Simd, batch, Temperature.Given(0.6f), answers), "layout");
        }
    }

    [Fact]
    public void A_row_alone_is_the_row_among_100_000()
    {
        Batch batch = Batch.Dense(new RandomRewards(317).Row(900_000, Mood.SomeExcluded), 100_000, 9);
        int[] answers = MajorityTests.Answers(batch, 318, 3);
        MajorityResult all = MajorityResult.Of(Engines.Simd2, batch, Temperature.Given(0.5f), answers);
        MajorityResult.AssertSame(
            MajorityResult.Of(Engines.Reference, batch, Temperature.Given(0.5f), answers), all, "100,000 rows");
        for (int row = 0; row < batch.Count; row += 997)
        {
            MajorityResult alone = MajorityResult.Of(
                Engines.Simd, Batch.Of(batch.Row(row)), Temperature.Given(0.5f), answers[(row * 9)..((row + 1) * 9)]);
            Bitwise.Same(alone.Share, all.Share.AsSpan(row, 1), $"row {row}");
            Assert.Equal(alone.Answer[0], all.Answer[row]);
            Assert.Equal(alone.Index[0], all.Index[row]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(15, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 1)]
    [InlineData(16, 1_000_003)]
    [InlineData(17, 1_000_003)]
    [InlineData(4000, 536_871)]
    public void Few_and_many_answers_near_each_other_and_far_apart(int count, int factor)
    {
        Batch batch = new RandomRewards(319).Rows([1, 2, 7, 8, 9, 64, 127, 129, 1024, 1025, 5000], RandomRewards.Moods);
        int[] answers = [.. MajorityTests.Answers(batch, 320, count).Select(a => a < 0 ? a : a * factor)];

        // At infinity weights are equal, so that sums often are as well.
        Assert.All(
            [Temperature.Given(0.4f), Temperature.Given(float.PositiveInfinity), Temperature.Given(0)],
            lambda => AssertAllEnginesAgree(batch, lambda, answers));
    }

    [Fact]
    public void Answers_that_fall_on_one_place_of_a_table_are_counted_all_the_same()
    {
        Batch batch = new RandomRewards(321).Rows([100, 1000, 3000], Mood.Normal, Mood.SomeExcluded);

        // Multiples of the inverse of the table's factor: their products are small, and only upper bits count.
        const uint Inverse = 0x144cbc89;
        Assert.Equal(1u, unchecked(Inverse * 0x9e3779b9));
        int[] answers =
            [.. Enumerable.Range(0, batch.Packed).Select(i => unchecked((int)((uint)(i % 1500) * Inverse)) & int.MaxValue)];
        AssertAllEnginesAgree(batch, Temperature.Given(0.4f), answers);
    }

    private static void AssertAllEnginesAgree(Batch batch, Temperature lambda, int[] answers)
    {
        MajorityResult expected = MajorityResult.Of(Engines.Reference, batch, lambda, answers);
        foreach ((string name, SoftBonEngine engine) in Engines.Others)
        {
            MajorityResult.AssertSame(
                expected, MajorityResult.Of(engine, batch, lambda, answers), $"{name}, {lambda}");
        }
    }
}

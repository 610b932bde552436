namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>A row in trouble says so, picks nothing, and its neighbours never notice.</summary>
public sealed class StatusTests
{
    private const float Excluded = float.NegativeInfinity;

    public static TheoryData<SelectionNoise, bool, bool> Ways
    {
        get
        {
            var ways = new TheoryData<SelectionNoise, bool, bool>();
            foreach (SelectionNoise noise in Enum.GetValues<SelectionNoise>())
            {
                ways.Add(noise, false, false);
                ways.Add(noise, true, false);
                ways.Add(noise, false, true);
                ways.Add(noise, true, true);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Each_row_has_its_own_status(SelectionNoise noise, bool distinct, bool simd)
    {
        Batch batch = Batch.Of(
            [1, 2], [], [1, float.NaN], [1, float.PositiveInfinity], [Excluded, Excluded], [1, 2], [1, Excluded]);
        var pick = new Pick(Temperature.PerRow(1, 1, 1, 1, 1, -1, 1)) { Noise = noise, Draws = 2, Distinct = distinct };
        SelectionResult result = SelectionResult.Of(simd ? Engines.Simd : Engines.Reference, batch, pick);

        Assert.Equal(
            [
                RowStatus.Ok, RowStatus.Empty, RowStatus.RewardNaN, RowStatus.RewardPositiveInfinity,
                RowStatus.AllExcluded, RowStatus.LambdaInvalid,
                distinct ? RowStatus.FewerCandidatesThanDraws : RowStatus.Ok,
            ],
            result.Status);
        Assert.All(result.Index[2..12], index => Assert.Equal(-1, index));
        Assert.All(result.Reward[2..12], AssertNoResult);
        Assert.All(result.LogProbability[2..12], AssertNoResult);
        Assert.All(result.Margin[2..12], AssertNoResult);
        Assert.All(result.Lambda[1..6], AssertNoResult);
        Assert.Equal(0, result.Index[12]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_several_troubles_the_lowest_number_is_reported(bool simd)
    {
        SoftBonEngine engine = simd ? Engines.Simd : Engines.Reference;
        float[][] rows =
        [
            [], [float.NaN, 1], [float.NaN, float.PositiveInfinity], [1, float.PositiveInfinity], [1, 2],
            [Excluded, Excluded],
        ];
        float[] offsets = [float.NaN, 0, 0, 0, float.NaN, 0, float.NaN, 0, 0, 0];
        uint[] elements = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        float[] lambdas = [float.NaN, float.NaN, 1, 1, 1, 1];
        SelectionResult result = SelectionResult.Of(
            engine, Batch.Of(rows), new Pick(Temperature.PerRow(lambdas)) { Offsets = offsets, Elements = elements });

        Assert.Equal(
            [
                RowStatus.Empty, RowStatus.LambdaInvalid, RowStatus.RewardNaN, RowStatus.RewardPositiveInfinity,
                RowStatus.OffsetInvalid, RowStatus.DuplicateElements,
            ],
            result.Status);
    }

    [Fact]
    public void A_budgets_news_come_before_too_few_candidates()
    {
        var pick = new Pick(Temperature.Kl(100)) { Draws = 5, Distinct = true };
        SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of([1, 2]), pick);

        Assert.Equal([RowStatus.BudgetNotBinding], result.Status);
        Assert.Equal([1, 0, -1, -1, -1], result.Index);
    }

    [Fact]
    public void Neighbours_in_trouble_change_nothing()
    {
        var random = new RandomRewards(181);
        float[] row = random.Row(77);
        var pick = new Pick(Temperature.Given(0.5f)) { Positions = [4] };
        SelectionResult alone = SelectionResult.Of(Engines.Simd, Batch.Of(row), pick);
        foreach (Mood mood in RandomRewards.Moods)
        {
            Batch batch = Batch.Of(random.Row(90, mood), row, random.Row(3, mood));
            SelectionResult result = SelectionResult.Of(Engines.Simd, batch, pick);
            SelectionResult.AssertSame(alone, result.ForRow(1, 1), $"beside {mood}");
        }
    }

    private static void AssertNoResult(float value) =>
        Assert.Equal(0x7fc00000u, BitConverter.SingleToUInt32Bits(value));
}

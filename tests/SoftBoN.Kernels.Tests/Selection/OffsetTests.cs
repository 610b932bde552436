namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>What offsets do besides being added.</summary>
public sealed class OffsetTests
{
    private static readonly Temperature[] Lambdas =
    [
        Temperature.Given(0), Temperature.Given(0.3f), Temperature.Given(1e30f),
        Temperature.Given(float.PositiveInfinity), Temperature.Signed(-2),
    ];

    [Fact]
    public void Zeros_of_both_signs_give_the_bits_of_no_offsets()
    {
        Batch batch = new RandomRewards(141).Rows(Enumerable.Range(1, 300), RandomRewards.Moods);
        float[] zeros = new RandomRewards(144).Row(batch.Packed, Mood.Zeros);
        foreach (Temperature lambda in Lambdas)
        {
            foreach (SelectionNoise noise in Enum.GetValues<SelectionNoise>())
            {
                var pick = new Pick(lambda) { Noise = noise };
                SelectionResult.AssertSame(
                    SelectionResult.Of(Engines.Simd, batch, pick),
                    SelectionResult.Of(Engines.Simd, batch, pick with { Offsets = zeros }),
                    $"{pick}");
            }
        }
    }

    [Fact]
    public void Minus_infinity_excludes_as_a_reward_of_minus_infinity_does()
    {
        Batch batch = new RandomRewards(142).Rows(Enumerable.Range(1, 200), Mood.Normal, Mood.SomeExcluded);
        float[] offsets = Array.ConvertAll(
            new RandomRewards(143).Row(batch.Packed, Mood.SomeExcluded), o => float.IsFinite(o) ? 0 : o);
        float[] masked = [.. batch.Memory.Zip(offsets, (r, o) => float.IsFinite(o) ? r : o)];
        int[] starts = batch.PackedStarts();
        Batch excluded = Batch.Ragged(masked, Array.ConvertAll(starts, start => (long)start));
        foreach (Temperature lambda in Lambdas)
        {
            var pick = new Pick(lambda) { Draws = 3, Distinct = true };
            SelectionResult expected = SelectionResult.Of(Engines.Simd, excluded, pick);
            SelectionResult actual = SelectionResult.Of(Engines.Simd, batch, pick with { Offsets = offsets });
            SelectionResult.AssertSame(expected, actual, $"{pick}");
        }
    }

    [Fact]
    public void An_excluded_candidates_reward_is_not_looked_at()
    {
        float[] row = [1, float.NaN, float.PositiveInfinity, 2];
        float[] offsets = [0, float.NegativeInfinity, float.NegativeInfinity, 0];
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            foreach (Temperature lambda in Lambdas)
            {
                SelectionResult result = SelectionResult.Of(
                    engine, Batch.Of(row), new Pick(lambda) { Offsets = offsets, Draws = 2, Distinct = true });
                Assert.Equal(RowStatus.Ok, result.Status[0]);
                Assert.Equal([0, 3], result.Index.Order());
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Nan_and_infinity_are_a_status_unless_the_candidate_is_excluded(float offset)
    {
        Batch batch = Batch.Of([1, 2], [float.NegativeInfinity, 2], [1, 2]);
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            SelectionResult result = SelectionResult.Of(
                engine, batch, new Pick(Temperature.Given(1)) { Offsets = [offset, 0, offset, 0, 0, 0] });
            Assert.Equal([RowStatus.OffsetInvalid, RowStatus.Ok, RowStatus.Ok], result.Status);
            Assert.Equal(-1, result.Index[0]);
            Assert.Equal(1, result.Index[1]);
        }
    }

    [Fact]
    public void At_lambda_zero_offsets_decide_among_the_best()
    {
        float[] row = [5, 7, 7, 7, 6];
        float[] offsets = [1000, 0, 40, 0, 1000];
        SelectionResult result = SelectionResult.Of(
            Engines.Simd, Batch.Of(row), new Pick(Temperature.Given(0)) { Offsets = offsets, Draws = 500 });

        Assert.All(result.Index, index => Assert.Equal(2, index));
        Near.Absolute(0, result.LogProbability[0], 1e-12);
    }

    [Fact]
    public void At_lambda_infinity_offsets_alone_decide()
    {
        float[] row = [5, 3e38f, -7];
        float[] offsets = [MathF.Log(1), MathF.Log(2), MathF.Log(5)];
        SelectionResult result = SelectionResult.Of(
            Engines.Simd,
            Batch.Of(row),
            new Pick(Temperature.Given(float.PositiveInfinity)) { Offsets = offsets, Draws = 200_000 });

        ChiSquare.AssertFits(ChiSquare.Count(result.Index, 3), [1 / 8.0, 2 / 8.0, 5 / 8.0]);
    }

    [Fact]
    public void Extreme_offsets_decide_alone()
    {
        float[] row = [1, 2, 3, 4];
        SelectionResult up = SelectionResult.Of(
            Engines.Simd, Batch.Of(row), new Pick(Temperature.Given(1)) { Offsets = [0, float.MaxValue, 0, 0] });
        SelectionResult down = SelectionResult.Of(
            Engines.Simd,
            Batch.Of(row),
            new Pick(Temperature.Given(1)) { Offsets = [0, float.MinValue, -1e30f, -1e9f] });

        Assert.Equal([1], up.Index);
        Assert.Equal([0], down.Index);
        Assert.Equal(0, up.LogProbability[0]);
        Assert.Equal(0, down.LogProbability[0]);
    }
}

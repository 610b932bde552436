namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Several draws of a row, with replacement and distinct.</summary>
public sealed class DrawTests
{
    private static readonly Batch Rows = new RandomRewards(161).Rows(
        [1, 2, 3, 5, 16, 40, 257, 700], Mood.Normal, Mood.Ties, Mood.SomeExcluded, Mood.OneIncluded);

    private static readonly Temperature[] Lambdas =
    [
        Temperature.Given(0), Temperature.Given(0.5f), Temperature.Given(float.PositiveInfinity),
        Temperature.Signed(-1),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void More_draws_begin_with_the_same_ones(bool distinct)
    {
        foreach (Temperature lambda in Lambdas)
        {
            var pick = new Pick(lambda) { Distinct = distinct };
            int[] few = SelectionResult.Of(Engines.Simd, Rows, pick with { Draws = 3 }).Index;
            int[] many = SelectionResult.Of(Engines.Simd, Rows, pick with { Draws = 8 }).Index;
            for (int row = 0; row < Rows.Count; row++)
            {
                Bitwise.Same(few.AsSpan(row * 3, 3), many.AsSpan(row * 8, 3), $"{pick}, row {row}");
            }
        }
    }

    [Fact]
    public void Draws_with_replacement_have_noise_of_their_own()
    {
        SelectionResult result = SelectionResult.Of(
            Engines.Simd, Batch.Of(new float[10]), new Pick(Temperature.Given(1)) { Draws = 400 });

        Assert.Equal(10, result.Index.Distinct().Count());
    }

    [Fact]
    public void Distinct_draws_are_all_candidates_once_and_then_none()
    {
        foreach (SoftBonEngine engine in new[] { Engines.Reference, Engines.Simd })
        {
            foreach (Temperature lambda in Lambdas)
            {
                SelectionResult result = SelectionResult.Of(
                    engine, Rows, new Pick(lambda) { Draws = 20, Distinct = true });
                Assert.All(Enumerable.Range(0, Rows.Count), row => AssertDistinct(row, 20, result));
            }
        }
    }

    [Fact]
    public void Distinct_draws_are_the_candidates_in_the_order_of_their_keys()
    {
        // The seed is one whose noise stays out of the losing tail, which float32 has few steps for.
        float[] row = Rows.Row(20);
        var pick = new Pick(Temperature.Given(0.5f)) { Draws = row.Length, Distinct = true, Seeds = [3] };
        SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of(row), pick);
        double[] keys = ExactKeys.Of(row, 0.5, pick, 0, 0);

        for (int draw = 1; draw < row.Length; draw++)
        {
            double gap = keys[result.Index[draw - 1]] - keys[result.Index[draw]];
            Near.Absolute(gap, result.Margin[draw - 1], 1e-5, "margin");
        }

        Assert.Equal(float.PositiveInfinity, result.Margin[^1]);
    }

    [Fact]
    public void The_first_distinct_draw_is_the_single_draw()
    {
        SelectionResult one = SelectionResult.Of(Engines.Simd, Rows, new Pick(Temperature.Given(0.5f)));
        SelectionResult many = SelectionResult.Of(
            Engines.Simd, Rows, new Pick(Temperature.Given(0.5f)) { Draws = 4, Distinct = true });

        for (int row = 0; row < Rows.Count; row++)
        {
            Assert.Equal(one.Index[row], many.Index[row * 4]);
            Bitwise.Same([one.LogProbability[row]], [many.LogProbability[row * 4]], $"row {row}");
        }
    }

    [Fact]
    public void Log_probabilities_of_distinct_draws_are_those_of_what_was_left()
    {
        float[] row = Rows.Row(20);
        SelectionResult result = SelectionResult.Of(
            Engines.Simd,
            Batch.Of(row),
            new Pick(Temperature.Given(0.5f)) { Draws = row.Length, Distinct = true });
        double[] weights = Array.ConvertAll(row, r => Math.Exp(r / 0.5));
        double left = weights.Sum();
        for (int draw = 0; draw < row.Length; draw++)
        {
            double weight = weights[result.Index[draw]];
            Near.Absolute(Math.Log(weight / left), result.LogProbability[draw], 3e-6, $"draw {draw}");
            left -= weight;
        }

        Assert.Equal(0, result.LogProbability[^1]);
    }

    [Fact]
    public void At_lambda_zero_distinct_draws_go_from_level_to_level()
    {
        float[] row = [1, 3, 2, 3, float.NegativeInfinity, 2, 2, -0f, 0f];
        SelectionResult result = SelectionResult.Of(
            Engines.Simd, Batch.Of(row), new Pick(Temperature.Given(0)) { Draws = 9, Distinct = true });

        Assert.Equal([3, 3, 2, 2, 2, 1, 0, 0, float.NaN], result.Reward);
        double[] shares = [2, 1, 3, 2, 1, 1, 2, 1];
        for (int draw = 0; draw < shares.Length; draw++)
        {
            Near.Absolute(-Math.Log(shares[draw]), result.LogProbability[draw], 1e-6, $"draw {draw}");
        }

        Assert.Equal(-1, result.Index[8]);
        Assert.Equal(RowStatus.FewerCandidatesThanDraws, result.Status[0]);
    }

    private static void AssertDistinct(int row, int draws, SelectionResult result)
    {
        int included = Rows.Row(row).Count(float.IsFinite);
        RowStatus expected = included == 0 ? RowStatus.AllExcluded
            : included < draws ? RowStatus.FewerCandidatesThanDraws
            : RowStatus.Ok;
        Assert.Equal(expected, result.Status[row]);
        int[] picks = result.Index[(row * draws)..((row + 1) * draws)];
        int drawn = Math.Min(included, draws);
        Assert.Equal(drawn, picks[..drawn].Distinct().Count());
        Assert.All(picks[..drawn], pick => Assert.True(float.IsFinite(Rows.Row(row)[pick])));
        Assert.All(picks[drawn..], pick => Assert.Equal(-1, pick));
        Assert.All(result.Reward[((row * draws) + drawn)..((row + 1) * draws)], r => Assert.True(float.IsNaN(r)));
    }
}

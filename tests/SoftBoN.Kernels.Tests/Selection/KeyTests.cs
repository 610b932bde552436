namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Picks, margins and log-probabilities are what the formulas give in double precision.</summary>
public sealed class KeyTests
{
    private const int Rows = 500;

    /// <summary>Noise has an absolute error of 5.6e-7, x one of some roundings of its size, at most 60 here.</summary>
    private const double KeyError = 3e-5;

    public static TheoryData<SelectionNoise, int> Cases => new()
    {
        { SelectionNoise.Gumbel, 9 }, { SelectionNoise.Gumbel, 300 },
        { SelectionNoise.UniformRace, 9 }, { SelectionNoise.UniformRace, 300 },
        { SelectionNoise.None, 9 }, { SelectionNoise.None, 300 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_pick_has_the_largest_key(SelectionNoise noise, int columns) => AssertPicks(
        columns, new Pick(Temperature.Given(0.4f)) { Noise = noise, Seeds = [0x123456789abcdef0], Draws = 3 });

    [Fact]
    public void Seeds_and_positions_of_their_own_enter_the_key()
    {
        var random = new RandomRewards(132);
        AssertPicks(20, new Pick(Temperature.Given(2))
        {
            Seeds = [.. Enumerable.Range(0, Rows).Select(_ => random.NextWord())],
            Positions = [.. Enumerable.Range(0, Rows).Select(_ => random.NextWord())],
        });
    }

    [Fact]
    public void Negative_lambdas_enter_the_key() => AssertPicks(30, new Pick(Temperature.Signed(-0.8f)));

    [Fact]
    public void Elements_and_offsets_enter_the_key()
    {
        var random = new RandomRewards(133);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] row = random.Row(25, Mood.SomeExcluded);
            var pick = new Pick(Temperature.Given(1.5f))
            {
                Elements = random.Shuffled(Enumerable.Range(0, 25).Select(i => uint.MaxValue - (7 * (uint)i))),
                Offsets = random.Row(25, Mood.SomeExcluded),
                Positions = [(ulong)trial],
                Draws = 2,
            };
            SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of(row), pick);
            for (int draw = 0; draw < 2; draw++)
            {
                AssertBest(ExactKeys.Of(row, 1.5, pick, 0, draw), result.Index[draw], result.Margin[draw]);
            }
        }
    }

    [Fact]
    public void Log_probabilities_are_log_weights_to_the_bit()
    {
        Batch batch = new RandomRewards(134).Rows([1, 9, 64, 300, 1025], RandomRewards.Usable);
        int[] starts = batch.PackedStarts();
        foreach (Temperature lambda in Temperatures.Given)
        {
            WeightsResult weights = WeightsResult.Of(Engines.Reference, batch, lambda);
            SelectionResult picks = SelectionResult.Of(
                Engines.Simd, batch, new Pick(lambda), SelectionWanted.AllButMargin);
            for (int row = 0; row < batch.Count; row++)
            {
                Assert.Equal(weights.Status[row], picks.Status[row]);
                if (picks.Status[row] == RowStatus.Ok)
                {
                    float expected = weights.LogWeights[starts[row] + picks.Index[row]];
                    Bitwise.Same([expected], [picks.LogProbability[row]], $"{lambda}, row {row}");
                }
            }
        }
    }

    [Fact]
    public void With_offsets_log_probabilities_are_those_of_reward_over_lambda_plus_offset()
    {
        var random = new RandomRewards(135);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] row = random.Row(40, Mood.SomeExcluded);
            float[] offsets = random.Row(40, Mood.SomeExcluded);
            var pick = new Pick(Temperature.Given(0.7f)) { Offsets = offsets, Positions = [(ulong)trial] };
            SelectionResult result = SelectionResult.Of(Engines.Simd, Batch.Of(row), pick);
            double[] x = [.. row.Zip(offsets, (r, o) => (r / (double)0.7f) + o)];
            Near.Absolute(
                x[result.Index[0]] - Math.Log(x.Sum(Math.Exp)), result.LogProbability[0], 3e-6, "log-probability");
        }
    }

    [Fact]
    public void The_reward_is_the_picked_candidates_as_it_was_given()
    {
        Batch batch = new RandomRewards(136).Rows([1, 7, 300], RandomRewards.Usable);
        foreach (Temperature lambda in Temperatures.Given)
        {
            SelectionResult result = SelectionResult.Of(
                Engines.Simd, batch, new Pick(lambda), SelectionWanted.Index | SelectionWanted.Reward);
            for (int row = 0; row < batch.Count; row++)
            {
                float expected = result.Index[row] < 0 ? float.NaN : batch.Row(row)[result.Index[row]];
                Bitwise.Same([expected], [float.IsNaN(result.Reward[row]) ? float.NaN : result.Reward[row]], "reward");
            }
        }
    }

    private static void AssertPicks(int columns, Pick pick)
    {
        Batch batch = Batch.Dense(new RandomRewards(131).Row(Rows * columns, Mood.SomeExcluded), Rows, columns);
        SelectionResult result = SelectionResult.Of(Engines.Simd, batch, pick);
        SelectionResult pruned = SelectionResult.Of(Engines.Simd, batch, pick, SelectionWanted.Index);
        Bitwise.Same(result.Index, pruned.Index, "without margins");
        for (int row = 0; row < Rows; row++)
        {
            for (int draw = 0; draw < pick.Draws && result.Index[row * pick.Draws] >= 0; draw++)
            {
                int at = (row * pick.Draws) + draw;
                double[] keys = ExactKeys.Of(batch.Row(row), pick.Lambda.Values[0], pick, row, draw);
                AssertBest(keys, result.Index[at], result.Margin[at]);
            }
        }
    }

    private static void AssertBest(double[] keys, int index, float margin)
    {
        double best = keys.Max();
        Near.Absolute(best, keys[index], KeyError, "key of the pick");
        double second = keys.Where((_, i) => i != index).DefaultIfEmpty(double.NegativeInfinity).Max();
        if (double.IsNegativeInfinity(second))
        {
            Assert.Equal(float.PositiveInfinity, margin);
        }
        else
        {
            Near.Absolute(keys[index] - second, margin, KeyError, "margin");
        }
    }
}

namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>Rewards on a scale of their own.</summary>
public sealed class CalibrationTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 33), 64, 127, 129, 1023, 1024, 1025, 3000];

    private static readonly float[] Table = [-2, -1, -1, 0, 0.5f, 3];

    public static TheoryData<string> Names => ["z-score", "min-max", "quantile", "table", "clip"];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_engines_return_the_bits_of_the_reference(string name)
    {
        Batch batch = new RandomRewards(91).Rows(Lengths, RandomRewards.Moods);
        (float[] expected, RowStatus[] status) = Calibrate(Engines.Reference, batch, name);
        foreach (SoftBonEngine engine in new[] { Engines.Simd, Engines.Simd2 })
        {
            (float[] actual, RowStatus[] actualStatus) = Calibrate(engine, batch, name);
            Bitwise.Same(expected, actual, name);
            Assert.Equal(status, actualStatus);
        }
    }

    [Fact]
    public void Known_rows()
    {
        const float Out = float.NegativeInfinity;
        Assert.Equal([-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2], Of("z-score", 2, 4, 4, 4, 5, 5, 7, 9));
        Assert.Equal([0, 0, 0], Of("z-score", 0.1f, 0.1f, 0.1f));
        Assert.Equal([0, Out, 0.25f, 1], Of("min-max", 1, Out, 2, 5));
        Assert.Equal([0.5f, Out, 0.5f], Of("min-max", 7, Out, 7));
        Assert.Equal([0.125f, 0.5f, 0.5f, Out, 0.875f], Of("quantile", 1, 2, 2, Out, 3));
        Assert.Equal([0, 0, 0.1f, 0.3f, 0.7f, 1, 1, Out], Of("table", -5, -2, -1.5f, -1, 0.25f, 3, 4, Out));
        Assert.Equal([-1, 0, 2, Out], Of("clip", -3, 0, 9, Out));
    }

    [Theory]
    [InlineData("z-score")]
    [InlineData("min-max")]
    [InlineData("quantile")]
    public void Exact_shifts_and_scales_change_no_bit(string name)
    {
        var random = new RandomRewards(92);
        foreach (int length in Lengths)
        {
            // Multiples of 2^-10 below 2^6: adding 4096 and multiplying by 2^40 are exact.
            float[] row = [.. Enumerable.Range(0, length).Select(_ => (random.NextInt(1 << 16) - 32768) / 1024f)];
            float[] expected = Of(name, row);

            Bitwise.Same(expected, Of(name, [.. row.Select(r => r + 4096)]), $"{name}, shifted");
            Bitwise.Same(expected, Of(name, [.. row.Select(r => r * 1.09951162778e12f)]), $"{name}, scaled up");
            Bitwise.Same(expected, Of(name, [.. row.Select(r => r * 9.094947e-13f)]), $"{name}, scaled down");
        }
    }

    [Fact]
    public void Quantiles_are_those_of_any_rising_map_and_of_counting()
    {
        var random = new RandomRewards(93);
        foreach (int length in Lengths)
        {
            float[] row = [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextInt(9) - 4))];
            float[] expected = [.. row.Select(r =>
                (float)((2.0 * row.Count(other => other < r)) + row.Count(other => other == r)) / (2f * length))];

            Bitwise.Same(expected, Of("quantile", row), "counted");
            Bitwise.Same(expected, Of("quantile", [.. row.Select(r => (r * r * r) - 1000)]), "mapped");
        }
    }

    [Fact]
    public void Z_scores_are_those_of_double_precision_also_far_from_zero()
    {
        foreach (Mood mood in new[] { Mood.Normal, Mood.FarFromZero, Mood.Ties, Mood.Huge })
        {
            foreach (int length in Lengths.Where(length => length > 1))
            {
                float[] row = new RandomRewards((ulong)length).Row(length, mood);
                double mean = row.Average(r => (double)r);
                double deviation = Math.Sqrt(row.Average(r => (r - mean) * (r - mean)));
                float[] actual = Of("z-score", row);
                for (int i = 0; i < length && deviation > 0; i++)
                {
                    double expected = (row[i] - mean) / deviation;
                    Near.Absolute(expected, actual[i], 1e-5 * (1 + Math.Abs(expected)), $"{mood}, {length}");
                }
            }
        }
    }

    [Fact]
    public void Excluding_a_candidate_leaves_the_others_as_if_it_were_not_there()
    {
        float[] row = new RandomRewards(94).Row(100);
        foreach (string name in new[] { "min-max", "quantile", "table", "clip" })
        {
            float[] with = Of(name, [.. row, float.NegativeInfinity, float.NegativeInfinity]);
            Bitwise.Same(Of(name, row), with.AsSpan(0, 100), name);
        }
    }

    [Fact]
    public void Rows_in_trouble_have_a_status()
    {
        float[][] rows =
            [[], [1, float.NaN], [float.PositiveInfinity, 1], [float.NegativeInfinity], [float.MaxValue, -float.MaxValue]];
        (float[] reward, RowStatus[] status) = Calibrate(Engines.Simd, Batch.Of(rows), "z-score");

        Assert.Equal(
            [
                RowStatus.Empty, RowStatus.RewardNaN, RowStatus.RewardPositiveInfinity, RowStatus.AllExcluded,
                RowStatus.Ok,
            ],
            status);
        Assert.Equal([float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, 1, -1], reward);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RewardCalibration.FromTable([1]).Kind);
        Assert.Throws<ArgumentException>(() => RewardCalibration.FromTable([1, 0]).Kind);
        Assert.Throws<ArgumentException>(() => RewardCalibration.FromTable([1, float.NaN]).Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardCalibration.Clip(1, 0).Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardCalibration.Clip(float.NaN, 0).Kind);
        Assert.Throws<ArgumentException>(() => Engines.Simd.CalibrateRewards([1f], Rows.Dense(1, 1), default, default));
        float[] memory = new float[6];
        Assert.Throws<ArgumentException>(() => Engines.Simd.CalibrateRewards(
            memory, Rows.Dense(2, 3), RewardCalibration.ZScore, new RewardOutputs { Reward = memory }));
        Assert.Throws<ArgumentException>(() => Engines.Simd.CalibrateRewards(
            memory, Rows.Dense(2, 3), RewardCalibration.ZScore, new RewardOutputs { Reward = new float[5] }));
    }

    private static float[] Of(string name, params float[] row) =>
        Calibrate(Engines.Simd, Batch.Of([row]), name).Reward;

    private static (float[] Reward, RowStatus[] Status) Calibrate(SoftBonEngine engine, Batch batch, string name)
    {
        var reward = new float[batch.Packed];
        var status = new RowStatus[batch.Count];
        RewardCalibration calibration = name switch
        {
            "z-score" => RewardCalibration.ZScore,
            "min-max" => RewardCalibration.MinMax,
            "quantile" => RewardCalibration.Quantile,
            "table" => RewardCalibration.FromTable(Table),
            _ => RewardCalibration.Clip(-1, 2),
        };
        engine.CalibrateRewards(
            batch.Memory, batch.Rows, calibration, new RewardOutputs { Reward = reward, Status = status });
        return (reward, status);
    }
}

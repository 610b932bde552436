namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>Rewards of tokens, steps and ensembles become one.</summary>
public sealed class PoolingTests
{
    private static readonly int[] Lengths =
        [.. Enumerable.Range(1, 40), 63, 64, 65, 127, 128, 129, 300, 1023, 1024, 1025, 5000];

    private static readonly (string Name, RewardPooling Pooling)[] All =
    [
        ("sum", RewardPooling.Sum),
        ("mean", RewardPooling.Mean),
        ("last", RewardPooling.Last),
        ("min", RewardPooling.Min),
        ("max", RewardPooling.Max),
        ("product", RewardPooling.Product),
        ("log-product", RewardPooling.LogProduct),
        ("discounted", RewardPooling.DiscountedSum(0.97f)),
        ("undiscounted", RewardPooling.DiscountedSum(1f)),
        ("mean less variance", RewardPooling.MeanLessVariance(0.7f)),
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_engines_return_the_bits_of_the_reference(string name)
    {
        Batch batch = new RandomRewards(81).Rows(Lengths, RandomRewards.Moods);
        (float[] expected, RowStatus[] status) = Pool(Engines.Reference, batch, Of(name));
        foreach ((string engineName, SoftBonEngine engine) in HostEngines)
        {
            (float[] actual, RowStatus[] actualStatus) = Pool(engine, batch, Of(name));
            Bitwise.Same(expected, actual, $"{name}, {engineName}");
            Assert.Equal(status, actualStatus);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_are_those_of_double_precision(string name)
    {
        var random = new RandomRewards(82);
        foreach (int length in Lengths)
        {
            float[] row = [.. random.Row(length).Select(Math.Abs)];
            (float[] actual, _) = Pool(Engines.Simd, Batch.Of([row]), Of(name));
            (double expected, double magnitude) = Exact(name, row);
            Near.Absolute(expected, actual[0], 40 * Near.Rounding * magnitude, $"{name} of {length}");
        }
    }

    [Fact]
    public void Products_neither_overflow_nor_underflow_on_the_way()
    {
        float[] row = [.. Enumerable.Repeat(1e30f, 2000), .. Enumerable.Repeat(1e-30f, 2000), 3f];
        double exact = (2000 * Math.Log(1e30f)) + (2000 * Math.Log(1e-30f)) + Math.Log(3);

        // Each of the products is rounded once.
        double bound = row.Length * Near.Rounding;
        Near.Absolute(exact, Pool(Engines.Simd, Batch.Of([row]), RewardPooling.LogProduct).Reward[0], bound);
        Near.Relative(
            Math.Exp(exact), Pool(Engines.Simd, Batch.Of([row]), RewardPooling.Product).Reward[0], bound);
    }

    [Fact]
    public void Products_of_powers_of_two_are_exact_and_have_the_right_sign()
    {
        float[][] rows = [[2, -4, 0.5f, 8], [-1, -1, -1], [0, 5, -3], [1e-20f, 1e-20f], [-0.75f]];
        (float[] reward, _) = Pool(Engines.Simd, Batch.Of(rows), RewardPooling.Product);

        Assert.Equal([-32, -1, 0, 0, -0.75f], reward);
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(reward[2]));
    }

    [Fact]
    public void An_ensemble_without_weight_on_variance_is_its_mean()
    {
        Batch batch = new RandomRewards(83).Rows(Lengths, RandomRewards.Usable);
        float[] mean = Pool(Engines.Simd, batch, RewardPooling.Mean).Reward;
        (float[] ensemble, RowStatus[] status) = Pool(Engines.Simd, batch, RewardPooling.MeanLessVariance(0f));
        for (int row = 0; row < mean.Length; row++)
        {
            if (status[row] == RowStatus.Ok)
            {
                Bitwise.Same([mean[row]], [ensemble[row]], $"row {row}");
            }
        }
    }

    [Fact]
    public void A_discount_of_1_is_the_sum()
    {
        Batch batch = new RandomRewards(84).Rows(Lengths, RandomRewards.Usable);

        Bitwise.Same(
            Pool(Engines.Simd, batch, RewardPooling.Sum).Reward,
            Pool(Engines.Simd, batch, RewardPooling.DiscountedSum(1f)).Reward,
            "discount 1");
    }

    [Fact]
    public void Members_side_by_side_and_one_after_the_other_are_the_same_ensemble()
    {
        float[] perCandidate = new RandomRewards(85).Row(7 * 5);
        float[] perMember = new float[7 * 5];
        for (int i = 0; i < perMember.Length; i++)
        {
            perMember[(i % 5 * 7) + (i / 5)] = perCandidate[i];
        }

        float[] a = new float[7];
        float[] b = new float[7];
        var pooling = RewardPooling.MeanLessVariance(1f);
        Engines.Simd.PoolRewards(perCandidate, Rows.Dense(7, 5), pooling, new RewardOutputs { Reward = a });
        Engines.Simd.PoolRewards(perMember, Rows.Strided(7, 5, 1, 7), pooling, new RewardOutputs { Reward = b });

        Bitwise.Same(a, b, "members");
    }

    [Fact]
    public void Rows_in_trouble_have_a_status()
    {
        float[][] rows =
        [
            [], [1, float.NaN], [float.PositiveInfinity], [1, float.NegativeInfinity], [float.NegativeInfinity],
            [3e38f, 3e38f], [-1, 2], [5],
        ];
        (float[] sum, RowStatus[] status) = Pool(Engines.Simd, Batch.Of(rows), RewardPooling.Sum);
        RowStatus[] logStatus = Pool(Engines.Simd, Batch.Of(rows), RewardPooling.LogProduct).Status;

        Assert.Equal(
            [
                RowStatus.Empty, RowStatus.RewardNaN, RowStatus.RewardPositiveInfinity, RowStatus.Ok, RowStatus.Ok,
                RowStatus.RewardOutOfRange, RowStatus.Ok, RowStatus.Ok,
            ],
            status);
        const float None = float.NaN;
        const float Excluded = float.NegativeInfinity;
        Assert.Equal([None, None, None, Excluded, Excluded, None, 1, 5], sum);
        Assert.Equal(RowStatus.RewardNegative, logStatus[6]);
        Assert.Equal(RowStatus.Ok, logStatus[5]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardPooling.DiscountedSum(1.5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardPooling.DiscountedSum(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardPooling.MeanLessVariance(float.NaN));
        float[] memory = new float[6];
        Assert.Throws<ArgumentException>(() => Engines.Simd.PoolRewards(
            memory, Rows.Dense(2, 3), RewardPooling.Sum, new RewardOutputs { Reward = memory }));
        Assert.Throws<ArgumentException>(() => Engines.Simd.PoolRewards(
            memory, Rows.Dense(2, 3), RewardPooling.Sum, new RewardOutputs { Reward = new float[1] }));
        Assert.Throws<ArgumentException>(() => Engines.Simd.PoolRewards(
            memory, Rows.Strided(1, (1 << 24) + 1, 0, 0), RewardPooling.Sum, default));
    }

    private static IEnumerable<(string Name, SoftBonEngine Engine)> HostEngines =>
        Engines.Others.Where(other => other.Name.Contains("thread", StringComparison.Ordinal));

    private static RewardPooling Of(string name) => All.Single(item => item.Name == name).Pooling;

    private static (float[] Reward, RowStatus[] Status) Pool(
        SoftBonEngine engine, Batch batch, RewardPooling pooling)
    {
        var reward = new float[batch.Count];
        var status = new RowStatus[batch.Count];
        engine.PoolRewards(
            batch.Memory, batch.Rows, pooling, new RewardOutputs { Reward = reward, Status = status });
        return (reward, status);
    }

    /// <summary>The result, and the scale of its rounding errors.</summary>
    private static (double Value, double Magnitude) Exact(string name, float[] row)
    {
        double sum = row.Sum(r => (double)r);
        double mean = sum / row.Length;
        double logs = row.Sum(r => Math.Log(r));
        double steps = 1 + (row.Length / 20.0);
        double variance = row.Sum(r => (r - mean) * (r - mean)) / row.Length;
        return name switch
        {
            "sum" or "undiscounted" => (sum, sum),
            "mean" => (mean, mean),
            "last" => (row[^1], 0),
            "min" => (row.Min(), 0),
            "max" => (row.Max(), 0),
            "product" => (Math.Exp(logs) < Math.ScaleB(1, -125) ? 0 : Math.Exp(logs), Math.Exp(logs) * steps),
            "log-product" => (logs, steps + Math.Abs(logs)),
            "discounted" => (
                row.Select((r, t) => r * Math.Pow(0.97f, t)).Sum(),
                row.Select((r, t) => r * Math.Pow(0.97f, t) * (1 + t)).Sum()),
            _ => (mean - ((double)0.7f * variance), mean + variance),
        };
    }
}

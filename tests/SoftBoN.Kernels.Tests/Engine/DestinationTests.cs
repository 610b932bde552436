using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>Destinations may be empty or longer than needed, never too short, and never the rewards.</summary>
public sealed class DestinationTests
{
    private const int RowCount = 3;

    private const int Columns = 4;

    private static readonly Batch Batch = Batch.Dense(new RandomRewards(401).Row(12), RowCount, Columns);

    [Theory]
    [InlineData("Weights")]
    [InlineData("LogWeights")]
    [InlineData("LogMeanExp")]
    [InlineData("EffectiveSampleSize")]
    [InlineData("Entropy")]
    [InlineData("KlToUniform")]
    [InlineData("ExpectedReward")]
    [InlineData("ChiSquare")]
    [InlineData("KlFromTiltBound")]
    [InlineData("KlFromModelBound")]
    [InlineData("Lambda")]
    [InlineData("Status")]
    public void Soft_weights_refuse_one_too_short(string name)
    {
        bool packed = name is "Weights" or "LogWeights";
        int needed = packed ? RowCount * Columns : RowCount;
        float[] Of(string output) => output == name ? new float[needed - 1] : [];
        AssertTooShort(name, needed, () => Engines.Simd.SoftWeights(Batch.Memory, Batch.Rows, 1, new SoftWeightsOutputs
        {
            Weights = Of("Weights"),
            LogWeights = Of("LogWeights"),
            LogMeanExp = Of("LogMeanExp"),
            EffectiveSampleSize = Of("EffectiveSampleSize"),
            Entropy = Of("Entropy"),
            KlToUniform = Of("KlToUniform"),
            ExpectedReward = Of("ExpectedReward"),
            ChiSquare = Of("ChiSquare"),
            KlFromTiltBound = Of("KlFromTiltBound"),
            KlFromModelBound = Of("KlFromModelBound"),
            Lambda = Of("Lambda"),
            Status = name == "Status" ? new RowStatus[needed - 1] : [],
        }));
    }

    [Theory]
    [InlineData("Index")]
    [InlineData("Reward")]
    [InlineData("LogProbability")]
    [InlineData("Margin")]
    [InlineData("Lambda")]
    [InlineData("Status")]
    public void Selection_refuses_one_too_short(string name)
    {
        int needed = name is "Lambda" or "Status" ? RowCount : RowCount * 5;
        float[] Of(string output) => output == name ? new float[needed - 1] : [];
        AssertTooShort(name, needed, () => Engines.Simd.Select(
            Batch.Memory,
            Batch.Rows,
            new SelectionOptions { Lambda = 1, Seed = 1, Draws = 5 },
            new SelectionOutputs
            {
                Index = name == "Index" ? new int[needed - 1] : [],
                Reward = Of("Reward"),
                LogProbability = Of("LogProbability"),
                Margin = Of("Margin"),
                Lambda = Of("Lambda"),
                Status = name == "Status" ? new RowStatus[needed - 1] : [],
            }));
    }

    [Theory]
    [InlineData("Answer")]
    [InlineData("Index")]
    [InlineData("Share")]
    [InlineData("Lambda")]
    [InlineData("Status")]
    public void Majority_refuses_one_too_short(string name) => AssertTooShort(
        name,
        RowCount,
        () => Engines.Simd.Majority(Batch.Memory, Batch.Rows, 1, new int[12], new MajorityOutputs
        {
            Answer = name == "Answer" ? new int[2] : [],
            Index = name == "Index" ? new int[2] : [],
            Share = name == "Share" ? new float[2] : [],
            Lambda = name == "Lambda" ? new float[2] : [],
            Status = name == "Status" ? new RowStatus[2] : [],
        }));

    [Fact]
    public void A_longer_one_is_left_alone_past_the_results()
    {
        float[] weights = [.. Enumerable.Repeat(7f, 20)];
        int[] index = [.. Enumerable.Repeat(7, 20)];
        Engines.Simd.SoftWeights(Batch.Memory, Batch.Rows, 1, new SoftWeightsOutputs { Weights = weights });
        Engines.Simd.Select(Batch.Memory, Batch.Rows, new SelectionOptions { Lambda = 1, Seed = 1 }, index);

        Assert.All(weights[..12], weight => Assert.InRange(weight, 0f, 1f));
        Assert.All(weights[12..], weight => Assert.Equal(7, weight));
        Assert.All(index[..3], i => Assert.InRange(i, 0, 3));
        Assert.All(index[3..], i => Assert.Equal(7, i));
    }

    [Fact]
    public void All_empty_is_a_call_without_results()
    {
        Engines.Simd.SoftWeights(Batch.Memory, Batch.Rows, 1, new SoftWeightsOutputs());
        var options = new SelectionOptions { Lambda = 1, Seed = 1 };
        Engines.Simd.Select(Batch.Memory, Batch.Rows, options, new SelectionOutputs());
        Engines.Simd.Majority(Batch.Memory, Batch.Rows, 1, new int[12], new MajorityOutputs());
    }

    [Fact]
    public void A_batch_without_rows_is_nothing_to_do()
    {
        foreach (Batch none in new[] { Batch.Dense([], 0, 5), Batch.Of(), Batch.Mapped([], [], []) })
        {
            Assert.Empty(WeightsResult.Of(Engines.Simd, none, Temperature.Given(1)).Status);
            Assert.Empty(SelectionResult.Of(Engines.Simd, none, new Pick(Temperature.Given(1))).Status);
            Assert.Empty(MajorityResult.Of(Engines.Simd, none, Temperature.Given(1), []).Status);
        }

        Assert.Equal(
            [RowStatus.Empty, RowStatus.Empty],
            SelectionResult.Of(Engines.Simd2, Batch.Dense([], 2, 0), new Pick(Temperature.Given(1))).Status);
    }

    [Fact]
    public void Refused_calls_write_nothing()
    {
        float[] weights = [.. Enumerable.Repeat(7f, 12)];
        Assert.Throws<ArgumentException>(() => Engines.Simd.SoftWeights(
            Batch.Memory, Batch.Rows, 1, new SoftWeightsOutputs { Weights = weights, Entropy = new float[2] }));

        Assert.All(weights, weight => Assert.Equal(7, weight));
    }

    [Fact]
    public void Memory_that_is_read_otherwise_is_refused()
    {
        float[] memory = new float[40];
        AssertOverlap("Weights", () => Engines.Simd.SoftWeights(
            memory.AsSpan(0, 12), Rows.Dense(3, 4), 1, new SoftWeightsOutputs { Weights = memory.AsSpan(11, 12) }));
        AssertOverlap("LogWeights", () => Engines.Simd.SoftWeights(
            memory.AsSpan(11, 12), Rows.Dense(3, 4), 1, new SoftWeightsOutputs { LogWeights = memory.AsSpan(0, 12) }));
        AssertOverlap("LogWeights", () => Engines.Simd.SoftWeights(
            memory.AsSpan(0, 12),
            Rows.Dense(3, 4),
            1,
            new SoftWeightsOutputs { Weights = memory.AsSpan(12, 12), LogWeights = memory.AsSpan(20, 12) }));
    }

    [Fact]
    public void Outputs_that_share_memory_are_refused()
    {
        float[] memory = new float[40];
        AssertOverlap("Entropy", () => Engines.Simd.SoftWeights(
            memory.AsSpan(0, 12), Rows.Dense(3, 4), 1, new SoftWeightsOutputs { Entropy = memory.AsSpan(0, 3) }));
        AssertOverlap("Margin", () => Engines.Simd.Select(
            memory.AsSpan(0, 12),
            Rows.Dense(3, 4),
            new() { Lambda = 1, Seed = 1 },
            new SelectionOutputs { Reward = memory.AsSpan(12, 3), Margin = memory.AsSpan(14, 3) }));
        AssertOverlap("Reward", () => Engines.Simd.Select(
            memory.AsSpan(0, 12),
            Rows.Dense(3, 4),
            new() { Lambda = 1, Seed = 1 },
            new SelectionOutputs { Reward = memory.AsSpan(11, 3) }));
        int[] answers = new int[12];
        AssertOverlap("Index", () => Engines.Simd.Majority(
            memory.AsSpan(0, 12), Rows.Dense(3, 4), 1, answers, new MajorityOutputs { Index = answers }));
    }

    [Fact]
    public void A_row_too_long_for_its_whole_folds_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Engines.Simd.Select(
            new float[1], Rows.Strided(1, int.MaxValue - 1, 0, 0), new() { Lambda = 1, Seed = 1 }, new int[1]));
        Assert.Contains("the most is 2147482624", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_beside_the_rewards_is_accepted()
    {
        float[] memory = [.. Batch.Memory, .. new float[24]];
        Engines.Simd.SoftWeights(memory.AsSpan(0, 12), Rows.Dense(3, 4), 1, new SoftWeightsOutputs
        {
            Weights = memory.AsSpan(12, 12),
            LogWeights = memory.AsSpan(24, 12),
        });

        Bitwise.Same(
            WeightsResult.Of(Engines.Reference, Batch, Temperature.Given(1)).Weights, memory.AsSpan(12, 12), "weights");
    }

    [Fact]
    public void Tensors_that_overlap_are_refused()
    {
        float[] memory = new float[40];
        AssertOverlap("Weights", () => Engines.Simd.SoftWeights(
            new ReadOnlyTensorSpan<float>(memory.AsSpan(0, 12), [3, 4]),
            1,
            new TensorSpan<float>(memory.AsSpan(11, 12), [3, 4]),
            new SoftWeightsOutputs()));
        AssertOverlap("LogWeights", () => Engines.Simd.SoftWeights(
            new ReadOnlyTensorSpan<float>(memory.AsSpan(1, 12), [3, 4]),
            1,
            new TensorSpan<float>(memory.AsSpan(14, 12), [3, 4]),
            new SoftWeightsOutputs { LogWeights = memory.AsSpan(25, 12) }));
        AssertOverlap("LogWeights", () => Engines.Simd.SoftWeights(
            new ReadOnlyTensorSpan<float>(memory.AsSpan(0, 34), [3, 4], [10, 2]),
            1,
            default,
            new SoftWeightsOutputs { LogWeights = memory.AsSpan(26, 12) }));
    }

    private static void AssertTooShort(string name, int needed, Action call)
    {
        var error = Assert.Throws<ArgumentException>(call);
        Assert.Equal(name, error.ParamName);
        Assert.Contains($"holds {needed - 1} values", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{needed} are needed; pass more memory or none", error.Message, StringComparison.Ordinal);
    }

    private static void AssertOverlap(string name, Action call)
    {
        var error = Assert.Throws<ArgumentException>(call);
        Assert.Equal(name, error.ParamName);
        Assert.Contains("overlaps", error.Message, StringComparison.Ordinal);
        Assert.Contains("pass memory of its own", error.Message, StringComparison.Ordinal);
    }
}

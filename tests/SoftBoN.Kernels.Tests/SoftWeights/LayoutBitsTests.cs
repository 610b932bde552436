using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>A row's bits do not depend on where it lies, what lies beside it, or how many rows there are.</summary>
public sealed class LayoutBitsTests
{
    private const int RowCount = 40;

    public static TheoryData<int> Lengths => [1, 5, 32, 67, 256, 1500];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Padded_rows(int length)
    {
        Batch dense = Dense(length);
        float[] memory = Filled((RowCount * (length + 3)) + 1);
        for (int row = 0; row < RowCount; row++)
        {
            dense.Row(row).CopyTo(memory, row * (length + 3));
        }

        AssertSame(dense, Batch.Strided(memory, RowCount, length, length + 3));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Columns_of_a_table(int length)
    {
        Batch dense = Dense(length);
        float[] memory = Filled(RowCount * 3 * length);
        for (int i = 0; i < RowCount * length; i++)
        {
            memory[(i / length) + (i % length * RowCount * 3)] = dense.Memory[i];
        }

        AssertSame(dense, Batch.Strided(memory, RowCount, length, rowStride: 1, columnStride: RowCount * 3));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Ragged_rows_behind_a_gap(int length)
    {
        Batch dense = Dense(length);
        float[] memory = [.. Filled(7), .. dense.Memory, .. Filled(2)];
        long[] offsets = [.. Enumerable.Range(0, RowCount + 1).Select(row => 7L + ((long)row * length))];

        AssertSame(dense, Batch.Ragged(memory, offsets));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Mapped_rows(int length)
    {
        Batch dense = Dense(length);
        float[] memory = [.. Filled(5), .. dense.Memory];
        long[] starts = [.. Enumerable.Range(0, RowCount).Select(row => 5L + ((long)row * length))];

        AssertSame(dense, Batch.Mapped(memory, starts, [.. Enumerable.Repeat(length, RowCount)]));
    }

    [Fact]
    public void Overlapping_windows_are_their_copies()
    {
        var random = new RandomRewards(12);
        float[] memory = random.Row(5000);
        long[] starts = [.. Enumerable.Range(0, 150).Select(_ => (long)random.NextInt(3500))];
        int[] lengths = [.. starts.Select(_ => random.NextInt(1500))];
        Batch mapped = Batch.Mapped(memory, starts, lengths);

        AssertSame(Batch.Of(mapped.AllRows()), mapped);
        Batch windows = Batch.Strided(memory, 90, 1000, rowStride: 11);
        AssertSame(Batch.Of(windows.AllRows()), windows);
        Batch repeated = Batch.Strided(memory, 30, 777, rowStride: 0);
        AssertSame(Batch.Of(repeated.AllRows()), repeated);
    }

    [Fact]
    public void Rows_in_another_order()
    {
        var random = new RandomRewards(13);
        Batch batch = random.Rows(Enumerable.Range(1, 100), Mood.Normal, Mood.SomeExcluded, Mood.WithNaN, Mood.AnyBits);
        float[] lambdas = [.. Enumerable.Range(0, batch.Count).Select(_ => (float)Math.Exp(random.NextNormal()))];
        int[] order = random.Shuffled(Enumerable.Range(0, batch.Count));
        Batch shuffled = Batch.Of([.. order.Select(batch.Row)]);
        WeightsResult expected = WeightsResult.Of(Engines.Simd, batch, Temperature.PerRow(lambdas));
        WeightsResult actual = WeightsResult.Of(
            Engines.Simd, shuffled, Temperature.PerRow([.. order.Select(row => lambdas[row])]));

        Assert.All(order.Index(), place => WeightsResult.AssertSame(
            expected.ForRow(batch, place.Item), actual.ForRow(shuffled, place.Index), $"row {place.Item}"));
    }

    [Fact]
    public void A_row_alone_is_the_row_among_100_000()
    {
        const int Columns = 13;
        var random = new RandomRewards(14);
        Batch batch = Batch.Dense(random.Row(100_000 * Columns, Mood.SomeExcluded), 100_000, Columns);
        float[] lambdas = [.. Enumerable.Range(0, batch.Count).Select(_ => (float)Math.Exp(random.NextNormal()))];
        WeightsResult all = WeightsResult.Of(Engines.Simd2, batch, Temperature.PerRow(lambdas));
        WeightsResult.AssertSame(
            WeightsResult.Of(Engines.Reference, batch, Temperature.PerRow(lambdas)), all, "100,000 rows");
        for (int row = 0; row < batch.Count; row += 997)
        {
            WeightsResult alone = WeightsResult.Of(
                Engines.Simd, Batch.Of(batch.Row(row)), Temperature.Given(lambdas[row]));
            WeightsResult.AssertSame(alone, all.ForRow(batch, row, row * Columns), $"row {row}");
        }
    }

    [Fact]
    public void Tensors_of_any_strides()
    {
        Batch dense = Dense(67);
        nint[] shape = [RowCount, 67];
        WeightsResult expected = WeightsResult.Of(Engines.Reference, dense, Temperature.Given(0.7f));
        float[] transposed = new float[dense.Memory.Length];
        for (int i = 0; i < transposed.Length; i++)
        {
            transposed[(i / 67) + (i % 67 * RowCount)] = dense.Memory[i];
        }

        float[] weights = new float[transposed.Length];
        var actual = new float[RowCount];
        Engines.Simd2.SoftWeights(
            new ReadOnlyTensorSpan<float>(transposed, shape, [1, RowCount]),
            0.7f,
            new TensorSpan<float>(weights, shape),
            new SoftWeightsOutputs { ExpectedReward = actual });

        Bitwise.Same(expected.Weights, weights, "weights");
        Bitwise.Same(expected.ExpectedReward, actual, "expected rewards");
    }

    [Fact]
    public void A_tensor_of_one_dimension_is_one_row()
    {
        float[] row = new RandomRewards(15).Row(99);
        float[] weights = new float[50];
        var size = new float[1];
        Engines.Simd.SoftWeights(
            new ReadOnlyTensorSpan<float>(row, [50], [2]),
            0.5f,
            new TensorSpan<float>(weights),
            new SoftWeightsOutputs { EffectiveSampleSize = size });
        WeightsResult expected = WeightsResult.Of(
            Engines.Reference, Batch.Strided(row, 1, 50, 0, 2), Temperature.Given(0.5f));

        Bitwise.Same(expected.Weights, weights, "weights");
        Bitwise.Same(expected.EffectiveSampleSize, size, "effective sample size");
    }

    private static Batch Dense(int length)
    {
        var random = new RandomRewards(11);
        return Batch.Dense(
            [.. Enumerable.Range(0, RowCount).SelectMany(
                row => random.Row(length, RandomRewards.Moods[row % RandomRewards.Moods.Length]))],
            RowCount,
            length);
    }

    /// <summary>Memory between rows, which nobody may look at: it would show.</summary>
    private static float[] Filled(int length) => [.. Enumerable.Repeat(float.NaN, length)];

    private static void AssertSame(Batch expected, Batch actual)
    {
        foreach (Temperature lambda in (Temperature[])
            [Temperature.Given(0.7f), Temperature.Given(0), Temperature.Signed(-2), Temperature.Kl(0.3f)])
        {
            WeightsResult result = WeightsResult.Of(Engines.Reference, expected, lambda);
            WeightsResult.AssertSame(result, WeightsResult.Of(Engines.Simd, actual, lambda), $"simd, {lambda}");
            WeightsResult.AssertSame(
                result, WeightsResult.Of(Engines.Reference, actual, lambda), $"reference, {lambda}");
        }
    }
}

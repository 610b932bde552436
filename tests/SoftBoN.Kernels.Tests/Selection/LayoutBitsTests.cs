using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>A row's pick does not depend on where it lies, what lies beside it, or how many rows there are.</summary>
public sealed class LayoutBitsTests
{
    private const int RowCount = 40;

    public static TheoryData<int> Lengths => [1, 5, 32, 67, 256, 1500];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Strided_ragged_and_mapped_rows(int length)
    {
        Batch dense = Dense(length);
        float[] padded = [.. Enumerable.Repeat(float.NaN, RowCount * (length + 3))];
        float[] table = [.. Enumerable.Repeat(float.NaN, RowCount * 2 * length)];
        for (int i = 0; i < RowCount * length; i++)
        {
            padded[(i / length * (length + 3)) + (i % length)] = dense.Memory[i];
            table[(i / length) + (i % length * RowCount * 2)] = dense.Memory[i];
        }

        long[] offsets = [.. Enumerable.Range(0, RowCount + 1).Select(row => 1L + ((long)row * length))];
        float[] behind = [float.NaN, .. dense.Memory];
        AssertSame(dense, Batch.Strided(padded, RowCount, length, length + 3), "padded");
        AssertSame(dense, Batch.Strided(table, RowCount, length, 1, RowCount * 2), "columns of a table");
        AssertSame(dense, Batch.Ragged(behind, offsets), "ragged");
        int[] lengths = [.. Enumerable.Repeat(length, RowCount)];
        AssertSame(dense, Batch.Mapped(behind, offsets[..RowCount], lengths), "mapped");
    }

    [Fact]
    public void Overlapping_windows_are_their_copies()
    {
        float[] memory = new RandomRewards(122).Row(3000);
        Batch windows = Batch.Strided(memory, 90, 1000, rowStride: 11);
        Batch repeated = Batch.Strided(memory, 300, 77, rowStride: 0);

        AssertSame(Batch.Of(windows.AllRows()), windows, "windows");
        AssertSame(Batch.Of(repeated.AllRows()), repeated, "repeated");
        Assert.True(
            SelectionResult.Of(Engines.Simd, repeated, new Pick(Temperature.Given(1))).Index.Distinct().Count() > 20,
            "rows of equal rewards draw noise of their own");
    }

    [Fact]
    public void Rows_in_another_order()
    {
        var random = new RandomRewards(123);
        Batch batch = random.Rows(Enumerable.Range(1, 100), Mood.Normal, Mood.SomeExcluded, Mood.WithNaN, Mood.Ties);
        int[] order = random.Shuffled(Enumerable.Range(0, batch.Count));
        ulong[] seeds = [.. order.Select(_ => random.NextWord())];
        ulong[] positions = [.. order.Select(_ => random.NextWord())];
        float[] lambdas = [.. order.Select(_ => (float)Math.Exp(random.NextNormal()))];
        var pick = new Pick(Temperature.PerRow(lambdas)) { Seeds = seeds, Positions = positions, Draws = 3 };
        var shuffledPick = pick with
        {
            Lambda = pick.Lambda.ForRows(order),
            Seeds = [.. order.Select(row => seeds[row])],
            Positions = [.. order.Select(row => positions[row])],
        };
        Batch shuffled = Batch.Of([.. order.Select(batch.Row)]);

        SelectionResult expected = SelectionResult.Of(Engines.Simd, batch, pick);
        SelectionResult actual = SelectionResult.Of(Engines.Simd, shuffled, shuffledPick);
        Assert.All(order.Index(), place => SelectionResult.AssertSame(
            expected.ForRow(place.Item, 3), actual.ForRow(place.Index, 3), $"row {place.Item}"));
    }

    [Theory]
    [InlineData(SelectionNoise.Gumbel, SelectionWanted.AllButMargin)]
    [InlineData(SelectionNoise.Gumbel, SelectionWanted.All)]
    [InlineData(SelectionNoise.UniformRace, SelectionWanted.All)]
    public void A_row_alone_is_the_row_among_100_000(SelectionNoise noise, object wanted)
    {
        const int Columns = 13;
        var random = new RandomRewards(124);
        Batch batch = Batch.Dense(random.Row(100_000 * Columns, Mood.SomeExcluded), 100_000, Columns);
        var pick = new Pick(Temperature.Given(0.8f)) { Noise = noise, Seeds = [99] };
        SelectionResult all = SelectionResult.Of(Engines.Simd2, batch, pick, (SelectionWanted)wanted);
        SelectionResult.AssertSame(SelectionResult.Of(Engines.Reference, batch, pick), all, "100,000 rows");
        for (int row = 0; row < batch.Count; row += 997)
        {
            SelectionResult alone = SelectionResult.Of(
                Engines.Simd, Batch.Of(batch.Row(row)), pick with { Positions = [(ulong)row] });
            Bitwise.Same(alone.Index, all.Index.AsSpan(row, 1), $"row {row}");
            Bitwise.Same(alone.LogProbability, all.LogProbability.AsSpan(row, 1), $"row {row}");
        }
    }

    [Fact]
    public void One_value_for_all_rows_is_that_value_for_each()
    {
        Batch batch = new RandomRewards(125).Rows(Enumerable.Range(1, 200), Mood.Normal, Mood.Ties);
        var scalar = new Pick(Temperature.Given(0.4f)) { Seeds = [77], Positions = [5] };
        var perRow = new Pick(Temperature.PerRow([.. Enumerable.Repeat(0.4f, batch.Count)]))
        {
            Seeds = [.. Enumerable.Repeat(77ul, batch.Count)],
            Positions = [.. Enumerable.Repeat(5ul, batch.Count)],
        };
        var counted = scalar with { Positions = [.. Enumerable.Range(0, batch.Count).Select(row => (ulong)row)] };

        SelectionResult.AssertSame(
            SelectionResult.Of(Engines.Simd, batch, scalar),
            SelectionResult.Of(Engines.Simd, batch, perRow),
            "per row");
        SelectionResult.AssertSame(
            SelectionResult.Of(Engines.Simd, batch, scalar with { Positions = [] }),
            SelectionResult.Of(Engines.Simd, batch, counted),
            "positions that are not given");
    }

    [Fact]
    public void Tensors_of_any_strides()
    {
        Batch dense = Dense(67);
        float[] transposed = new float[dense.Memory.Length];
        for (int i = 0; i < transposed.Length; i++)
        {
            transposed[(i / 67) + (i % 67 * RowCount)] = dense.Memory[i];
        }

        var pick = new Pick(Temperature.Given(0.5f)) { Draws = 2 };
        SelectionResult expected = SelectionResult.Of(Engines.Reference, dense, pick);
        int[] index = new int[RowCount * 2];
        float[] logProbability = new float[RowCount * 2];
        var outputs = new SelectionOutputs { Index = index, LogProbability = logProbability };
        Engines.Simd2.Select(
            new ReadOnlyTensorSpan<float>(transposed, [RowCount, 67], [1, RowCount]), pick.Options, outputs);

        Bitwise.Same(expected.Index, index, "indices");
        Bitwise.Same(expected.LogProbability, logProbability, "log-probabilities");
    }

    private static Batch Dense(int length)
    {
        var random = new RandomRewards(121);
        return Batch.Dense(
            [.. Enumerable.Range(0, RowCount).SelectMany(
                row => random.Row(length, RandomRewards.Moods[row % RandomRewards.Moods.Length]))],
            RowCount,
            length);
    }

    private static void AssertSame(Batch expected, Batch actual, string what)
    {
        var plain = new Pick(Temperature.Given(0.7f)) { Draws = 2 };
        Pick[] picks =
        [
            plain,
            plain with { Distinct = true },
            plain with { Lambda = Temperature.Signed(-2) },
            plain with { Noise = SelectionNoise.UniformRace },
            plain with { Elements = BackendBitsTests.Elements(expected, 126) },
            plain with { Offsets = new RandomRewards(127).Row(expected.Packed, Mood.SomeExcluded) },
        ];
        foreach (Pick pick in picks)
        {
            SelectionResult result = SelectionResult.Of(Engines.Reference, expected, pick);
            SelectionResult.AssertSame(
                result,
                SelectionResult.Of(Engines.Simd, actual, pick, SelectionWanted.AllButMargin),
                $"{what}, {pick}");
            SelectionResult.AssertSame(
                result, SelectionResult.Of(Engines.Reference, actual, pick), $"{what}, reference, {pick}");
        }
    }
}

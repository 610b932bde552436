namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Batches of every layout, and every operation on them, small enough for the slowest backend.</summary>
internal static class SampleCalls
{
    public static (string Name, Batch Batch)[] Batches { get; } = MakeBatches();

    /// <summary>Runs every operation on both engines and compares all bits.</summary>
    public static void AssertSame(SoftBonEngine expected, SoftBonEngine actual, string name, Batch batch)
    {
        Temperature lambda = Temperature.PerRow([.. Enumerable.Range(0, batch.Count).Select(row => 0.2f + (row % 5))]);
        WeightsResult.AssertSame(
            WeightsResult.Of(expected, batch, lambda), WeightsResult.Of(actual, batch, lambda), $"weights of {name}");
        foreach (Pick pick in Picks(batch, lambda))
        {
            SelectionResult.AssertSame(
                SelectionResult.Of(expected, batch, pick),
                SelectionResult.Of(actual, batch, pick),
                $"{pick} of {name}");
        }

        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(i => (i % 5) - 1)];
        MajorityResult.AssertSame(
            MajorityResult.Of(expected, batch, lambda, answers),
            MajorityResult.Of(actual, batch, lambda, answers),
            $"majority of {name}");
    }

    private static IEnumerable<Pick> Picks(Batch batch, Temperature lambda)
    {
        var random = new RandomRewards(77);
        yield return new Pick(lambda) { Draws = 2 };
        if (batch.Count > 1)
        {
            yield return new Pick(lambda)
            {
                Seeds = [.. Enumerable.Range(0, batch.Count).Select(row => (ulong)row * 977)],
                Positions = [.. Enumerable.Range(0, batch.Count).Select(row => (ulong)row << 33)],
                Offsets = [.. Enumerable.Range(0, batch.Packed).Select(_ => (float)random.NextNormal())],
                Elements = [.. Enumerable.Range(0, batch.Packed).Select(i => (uint)i * 3)],
            };
        }

        yield return new Pick(lambda) { Noise = SelectionNoise.UniformRace, Draws = 3, Distinct = true };
    }

    private static (string Name, Batch Batch)[] MakeBatches()
    {
        var random = new RandomRewards(501);
        float[] memory = random.Row(600, Mood.SomeExcluded);
        return
        [
            ("dense", Batch.Dense(memory, 5, 20)),
            ("one row", Batch.Dense(memory, 1, 130)),
            ("gaps between rows", Batch.Strided(memory, 4, 9, rowStride: 50)),
            ("gaps between candidates", Batch.Strided(memory, 3, 9, rowStride: 50, columnStride: 5)),
            ("columns of a table", Batch.Strided(memory, 4, 30, rowStride: 1, columnStride: 20)),
            ("overlapping windows", Batch.Strided(memory, 4, 25, rowStride: 3)),
            ("one row again and again", Batch.Strided(memory, 3, 30, rowStride: 0)),
            ("ragged", random.Rows([1, 33, 8, 20], Mood.Normal, Mood.WithNaN)),
            ("ragged with empty rows", Batch.Ragged(memory, [5, 5, 5, 30, 30, 31, 60, 60])),
            ("mapped, far apart", Batch.Mapped(memory, [590, 0, 300, 17, 600], [10, 3, 40, 1, 0])),
            ("mapped, overlapping", Batch.Mapped(memory, [0, 5, 1, 5, 300], [60, 60, 2, 60, 0])),
            ("empty rows only", Batch.Dense(memory, 4, 0)),
            ("no rows", Batch.Dense(memory, 0, 7)),
        ];
    }
}

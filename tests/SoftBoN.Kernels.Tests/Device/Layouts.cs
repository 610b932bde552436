namespace SoftBoN.Kernels.Tests.Device;

/// <summary>Batches of every layout.</summary>
internal static class Layouts
{
    /// <summary>The same number of candidates in every way in which rows may lie in memory.</summary>
    public static Batch[] All(ulong seed, int count, int columns)
    {
        var random = new RandomRewards(seed);
        float[] memory = random.Row((count * (columns + 3)) + 8, Mood.SomeExcluded);
        long[] starts = [.. Enumerable.Range(0, count).Select(row => 1L + (row * (columns + 3L)))];
        long[] backwards = [.. starts.Reverse()];
        int[] lengths = [.. Enumerable.Range(0, count).Select(row => row % (columns + 1))];
        return
        [
            Batch.Dense(memory[..(count * columns)], count, columns),
            Batch.Strided(memory, count, columns, columns + 3),
            Batch.Strided(memory, count, columns, 1, count),
            Batch.Mapped(memory, backwards, lengths),
            Batch.Ragged(memory, [3, 3, 5, 5L + columns, 6L + (2 * columns)]),
        ];
    }
}

namespace SoftBoN.Kernels.Tests.SoftWeights;

/// <summary>Rows of equal lengths, with the few outputs that are made for groups of rows: the bits of the scalar loops.</summary>
public sealed class GroupedRowsTests
{
    /// <summary>More than a group of the shortest rows has.</summary>
    private const int RowCount = 70;

    public static TheoryData<int> Lengths =>
        [.. Enumerable.Range(1, 70), 100, 127, 128, 129, 255, 256, 257, 1000, 1023, 1024, 1025];

    private static readonly Temperature[] Lambdas =
        [Temperature.Given(0.1f), Temperature.Given(0.7f), Temperature.Given(30), Temperature.Given(1e30f)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Weights_alone(int length) => Assert.All(Batches(length), batch =>
    {
        foreach (Temperature lambda in Lambdas)
        {
            var expected = new float[batch.Memory.Length];
            var actual = new float[batch.Memory.Length];
            Engines.Reference.SoftWeights(batch.Memory, batch.Rows, lambda.Lambda, new() { Weights = expected });
            Engines.Simd.SoftWeights(batch.Memory, batch.Rows, lambda.Lambda, new() { Weights = actual });
            Bitwise.Same(expected, actual, $"weights, {lambda}");
        }
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Log_mean_exps_alone(int length) => Assert.All(Batches(length), batch =>
    {
        foreach (Temperature lambda in Lambdas)
        {
            var expected = new float[batch.Count];
            var actual = new float[batch.Count];
            Engines.Reference.SoftWeights(batch.Memory, batch.Rows, lambda.Lambda, new() { LogMeanExp = expected });
            Engines.Simd.SoftWeights(batch.Memory, batch.Rows, lambda.Lambda, new() { LogMeanExp = actual });
            Bitwise.Same(expected, actual, $"log-mean-exps, {lambda}");
        }
    });

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Picks(int length) => Assert.All(Batches(length), batch =>
    {
        foreach (Temperature lambda in Lambdas)
        {
            foreach (SelectionWanted wanted in
                (SelectionWanted[])[SelectionWanted.Index, SelectionWanted.AllButMargin, SelectionWanted.All])
            {
                var pick = new Pick(lambda) { Seeds = [(ulong)length] };
                SelectionResult.AssertSame(
                    SelectionResult.Of(Engines.Reference, batch, pick, wanted),
                    SelectionResult.Of(Engines.Simd, batch, pick, wanted),
                    $"{wanted}, {lambda}");
            }
        }
    });

    /// <summary>One whose rows are all plain, one of ties and near ties, and one that has rows of all kinds.</summary>
    private static IEnumerable<Batch> Batches(int length)
    {
        var random = new RandomRewards((ulong)length);
        yield return Of(length, _ => random.Row(length, Mood.Normal));
        yield return Of(length, row => random.Row(length, row % 2 == 0 ? Mood.SomeExcluded : Mood.Ties));
        yield return Of(
            length, row => random.Row(length, RandomRewards.Moods[row % RandomRewards.Moods.Length]));
    }

    private static Batch Of(int length, Func<int, float[]> row) =>
        Batch.Dense([.. Enumerable.Range(0, RowCount).SelectMany(row)], RowCount, length);
}

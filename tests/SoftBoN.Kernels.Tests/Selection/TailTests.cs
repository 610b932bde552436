namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>
/// Very many candidates far below one head are drawn as often as they should be: noise of 24 bits fails here.
/// </summary>
[Trait("Category", "Slow")]
public sealed class TailTests
{
    private const int Tail = 100_000;

    [Theory]
    [InlineData(18, 100_000)]
    [InlineData(20, 50_000)]
    public void Candidates_far_below_the_head(int nats, int trials)
    {
        float[] row = [.. Enumerable.Repeat((float)-nats, Tail + 1)];
        row[12_345] = 0;
        int[] index = SelectionResult.Of(
            Engines.Simd2,
            Batch.Strided(row, trials, row.Length, rowStride: 0),
            new Pick(Temperature.Given(1)),
            SelectionWanted.Index).Index;
        double odds = Tail * Math.Exp(-nats);
        double expected = trials * odds / (1 + odds);
        int[] drawn = [.. index.Where(i => i != 12_345)];

        // The square root makes a Poisson count nearly normal with variance 1/4, also where few are expected.
        double z = 2 * (Math.Sqrt(drawn.Length + 0.375) - Math.Sqrt(expected + 0.375));
        Assert.True(Math.Abs(z) < 5, $"{drawn.Length} drawn, {expected:F1} expected, z = {z:F2}");
        Assert.True(drawn.Distinct().Count() >= drawn.Length - 2, "the same candidate of the tail again and again");
    }
}

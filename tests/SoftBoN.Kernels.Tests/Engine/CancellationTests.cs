namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>A token ends a call before it starts or between chunks, and leaves nothing behind.</summary>
[Collection(NotParallel.Name)]
public sealed class CancellationTests
{
    [Fact]
    public void A_cancelled_token_ends_a_call_before_any_work()
    {
        var cancelled = new CancellationToken(canceled: true);
        int[] index = [7, 7];
        float[] memory = [1, 2, 3, 4];

        Assert.Throws<OperationCanceledException>(() => Engines.Simd.Select(
            memory, Rows.Dense(2, 2), new SelectionOptions { Lambda = 1, Seed = 1 }, index.AsSpan(), cancelled));
        Assert.Throws<OperationCanceledException>(() => Engines.Simd.SoftWeights(
            memory, Rows.Dense(2, 2), 1, new SoftWeightsOutputs(), cancelled));
        Assert.Throws<OperationCanceledException>(() => Engines.Simd.Majority(
            memory, Rows.Dense(2, 2), 1, new int[4], new MajorityOutputs { Index = index }, cancelled));
        Assert.Equal([7, 7], index);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_token_ends_a_call_under_way(int threads)
    {
        using SoftBonEngine engine = Engines.Make(SoftBonBackend.Simd, threads);
        Batch endless = Batch.Strided(new RandomRewards(421).Row(100), 20_000_000, 100, rowStride: 0);
        int[] index = new int[endless.Count];
        index.AsSpan().Fill(-7);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        var error = Assert.Throws<OperationCanceledException>(() => engine.Select(
            endless.Memory, endless.Rows, new SelectionOptions { Lambda = 1, Seed = 1 }, index.AsSpan(), source.Token));

        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(-7, index[^1]);
        AssertNothingLeft(engine);
    }

    [Fact]
    public void Many_cancelled_calls_leave_nothing_behind()
    {
        using SoftBonEngine engine = Engines.Make(SoftBonBackend.Simd, 2);
        Batch batch = Batch.Strided(new RandomRewards(422).Row(40), 200_000, 40, rowStride: 0);
        int[] index = new int[batch.Count];
        for (int trial = 0; trial < 30; trial++)
        {
            using var source = new CancellationTokenSource();
            source.CancelAfter(TimeSpan.FromMilliseconds(trial % 4));
            try
            {
                var options = new SelectionOptions { Lambda = 1, Seed = 1 };
                engine.Select(batch.Memory, batch.Rows, options, index.AsSpan(), source.Token);
            }
            catch (OperationCanceledException)
            {
                AssertNothingLeft(engine);
            }
        }
    }

    /// <summary>The next calls return what an engine that never saw trouble returns.</summary>
    private static void AssertNothingLeft(SoftBonEngine engine)
    {
        Batch batch = new RandomRewards(423).Rows(Enumerable.Range(1, 520), Mood.Normal, Mood.WithNaN);
        var pick = new Pick(Temperature.Given(0.5f)) { Draws = 2 };
        SelectionResult.AssertSame(
            SelectionResult.Of(Engines.Reference, batch, pick),
            SelectionResult.Of(engine, batch, pick, SelectionWanted.AllButMargin),
            "after cancellation");
        WeightsResult.AssertSame(
            WeightsResult.Of(Engines.Reference, batch, Temperature.Given(0.5f)),
            WeightsResult.Of(engine, batch, Temperature.Given(0.5f)),
            "after cancellation");
    }
}

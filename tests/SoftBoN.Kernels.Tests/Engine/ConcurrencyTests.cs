namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>One engine serves many threads at once, and every one gets what it would have got alone.</summary>
public sealed class ConcurrencyTests
{
    private const int Threads = 8;

    private const int Calls = 500;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Eight_threads_of_500_calls_on_one_engine(int degree)
    {
        using SoftBonEngine engine = Engines.Make(SoftBonBackend.Simd, degree);
        Batch[] batches =
        [
            new RandomRewards(431).Rows(Enumerable.Range(1, 60), Mood.Normal, Mood.WithNaN),
            new RandomRewards(432).Rows([700, 3, 1100, 5], Mood.SomeExcluded),
            Batch.Dense(new RandomRewards(433).Row(40_000, Mood.Ties), 400, 100),
            Batch.Dense(new RandomRewards(435).Row(150_000), 1500, 100),
            Batch.Mapped(new RandomRewards(434).Row(500), [0, 100, 50], [400, 400, 1]),
        ];
        Action[] jobs = [.. batches.SelectMany(batch => Jobs(engine, batch))];

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int call = 0; call < Calls; call++)
                {
                    jobs[(call + thread) % jobs.Length]();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static IEnumerable<Action> Jobs(SoftBonEngine engine, Batch batch)
    {
        Temperature lambda = Temperature.Given(0.6f);
        var pick = new Pick(lambda) { Draws = 2 };
        var race = pick with { Noise = SelectionNoise.UniformRace, Distinct = true };
        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(i => i % 5)];
        WeightsResult weights = WeightsResult.Of(Engines.Reference, batch, lambda);
        SelectionResult picks = SelectionResult.Of(Engines.Reference, batch, pick);
        SelectionResult races = SelectionResult.Of(Engines.Reference, batch, race);
        MajorityResult majority = MajorityResult.Of(Engines.Reference, batch, lambda, answers);
        yield return () => WeightsResult.AssertSame(weights, WeightsResult.Of(engine, batch, lambda), "weights");
        yield return () => SelectionResult.AssertSame(
            picks, SelectionResult.Of(engine, batch, pick, SelectionWanted.AllButMargin), "picks");
        yield return () => SelectionResult.AssertSame(races, SelectionResult.Of(engine, batch, race), "races");
        yield return () => MajorityResult.AssertSame(
            majority, MajorityResult.Of(engine, batch, lambda, answers), "majority");
    }
}

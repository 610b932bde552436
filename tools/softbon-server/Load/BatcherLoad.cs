namespace SoftBoN.Server.Load;

/// <summary>Requesters at one engine, in turns without and with the batcher, in one process.</summary>
internal static class BatcherLoad
{
    private const int Turns = 5;

    /// <summary>Runs all cases and writes a table; the duration is that of all together.</summary>
    public static async Task<bool> Run(int requesters, TimeSpan duration, TextWriter output, SoftBonBackend? device = null)
    {
        using SoftBonEngine engine = device is { } backend
            ? SoftBonEngine.Create(new() { Backend = backend })
            : SoftBonEngine.CreateHost();
        await using var cases = new LoadCases(engine);
        TimeSpan turn = duration / (cases.All.Count * 2 * (Turns + 2));
        output.WriteLine($"{engine.Device.Backend}, {engine.Device.Description}");
        output.WriteLine($"In process, {requesters} requesters, {Turns} turns of {turn.TotalSeconds:F2} s; medians:");
        output.WriteLine("| operation | alone, requests/s | p50, p99 us | batched, requests/s | p50, p99 us | requests a batch | gain (range) |"
            + " lone request, us alone, batched | live KiB | resident MiB |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        bool isRight = true;
        foreach (LoadCase item in cases.All)
        {
            isRight &= await Run(item, requesters, turn, output);
        }

        return isRight;
    }

    private static async Task<bool> Run(LoadCase item, int requesters, TimeSpan turn, TextWriter output)
    {
        var alone = new List<LoadRun>();
        var batched = new List<LoadRun>();
        await Alone(item, requesters, turn);
        await Batched(item, requesters, turn);
        BatcherCounts before = item.Counts();
        for (int i = 0; i < Turns; i++)
        {
            alone.Add(await Alone(item, requesters, turn));
            batched.Add(await Batched(item, requesters, turn));
        }

        BatcherCounts after = item.Counts();
        LoadRun lone = await Alone(item, 1, turn / 2);
        LoadRun loneBatched = await Batched(item, 1, turn / 2);
        double[] gains = [.. alone.Zip(batched, (a, b) => b.PerSecond / a.PerSecond).Order()];
        double perBatch = (double)(after.Completed - before.Completed) / Math.Max(1, after.Batches - before.Batches);
        LoadRun a = Middle(alone);
        LoadRun b = Middle(batched);
        output.WriteLine(
            $"| {item.Name} | {a.PerSecond:F0} | {a.Median:F0}, {a.P99:F0} | {b.PerSecond:F0} | {b.Median:F0}, {b.P99:F0} | "
            + $"{perBatch:F1} | {gains[Turns / 2]:F2} ({gains[0]:F2} to {gains[^1]:F2}) | {lone.Median:F1}, {loneBatched.Median:F1} | "
            + $"{LoadMemory.LiveKibibytes} | {LoadMemory.ResidentMebibytes} |");
        return alone.Concat(batched).Append(lone).Append(loneBatched).All(run => run.IsRight);
    }

    private static LoadRun Middle(List<LoadRun> runs) => runs.OrderBy(run => run.PerSecond).ElementAt(runs.Count / 2);

    /// <summary>A requester yields after each call as a server's requests do, so that all of them make headway.</summary>
    private static Task<LoadRun> Alone(LoadCase item, int requesters, TimeSpan turn) =>
        LoadRun.Measure(requesters, turn, async (client, i) =>
        {
            bool isRight = item.Alone((client * 31) + i);
            await Task.Yield();
            return isRight;
        });

    private static Task<LoadRun> Batched(LoadCase item, int requesters, TimeSpan turn) =>
        LoadRun.Measure(requesters, turn, (client, i) => item.Batched((client * 31) + i));
}

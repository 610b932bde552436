using System.Diagnostics;
using SoftBoN.Kernels.Tests.Engine;
using Xunit.Abstractions;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Many threads, many engines, and engines that end while they are used.</summary>
[Collection(NotParallel.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Threads = 8;
    private const int WarmEngines = 3;
    private const int Trials = 3;

    /// <summary>What a process may grow by whatever it does, and by each engine: less than one engine's buffer.</summary>
    private const long MostGrowth = 64 << 20;
    private const long MostGrowthOfEngine = 256 << 10;

    private static bool IsFull => Environment.GetEnvironmentVariable("SOFTBON_TEST_LOAD") == "full";

    private static readonly Batch[] Batches =
    [
        new RandomRewards(521).Rows([3, 1, 7], Mood.Normal, Mood.WithNaN),
        Batch.Dense(new RandomRewards(522).Row(30, Mood.Ties), 3, 10),
        Batch.Mapped(new RandomRewards(523).Row(60), [30, 0, 10], [20, 33, 1]),
        Batch.Strided(new RandomRewards(524).Row(300), 3, 11, rowStride: 30, columnStride: 2),
    ];

    /// <summary>
    /// 1,000 calls of each thread; ILGPU's CPU accelerator gets 20, which take it seconds, unless SOFTBON_TEST_LOAD=full.
    /// </summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public async Task Eight_threads_of_1000_calls_on_one_engine(SoftBonBackend backend)
    {
        int calls = IsFull ? 1000 : DeviceBackends.Scale(backend, full: 1000, slow: 20);
        using SoftBonEngine engine = DeviceBackends.Make(backend, options => options.ChunkBytes = 150);
        Action[] jobs = [.. Batches.SelectMany(batch => Jobs(engine, batch))];

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => OnThread(() =>
        {
            for (int call = 0; call < calls; call++)
            {
                jobs[(call + thread) % jobs.Length]();
            }

            return calls;
        })));
    }

    /// <summary>
    /// 20 engines, or with SOFTBON_TEST_LOAD=full 1,000. Two, or 20, compile and run a kernel, which takes seconds. What
    /// engines leave behind grows every time, what the runtime takes for itself does not: of three times the best counts.
    /// </summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Engines_come_and_go_and_leave_nothing(SoftBonBackend backend)
    {
        int engines = IsFull ? 1000 : 20;
        for (int i = 0; i < WarmEngines; i++)
        {
            UseOne(backend, runs: true);
        }

        var seen = new List<string>();
        string last = "";
        while (seen.Count < Trials && !ComeAndGo(backend, engines, out last))
        {
            seen.Add(last);
        }

        output.WriteLine(string.Join("; ", seen.Append(last)));

        Assert.True(seen.Count < Trials, string.Join("; ", seen));
    }

    /// <summary>Whether engines come and go and the process has what it had.</summary>
    private static bool ComeAndGo(SoftBonBackend backend, int engines, out string what)
    {
        Use before = Use.Now();
        for (int i = 0; i < engines; i++)
        {
            UseOne(backend, runs: i % (IsFull ? 50 : 10) == 0);
        }

        Use after = Use.Now();
        what = $"{engines} engines: {before} before, {after} after";
        return after.Threads <= before.Threads + (engines / 20)
            && after.Handles <= before.Handles + (engines / 20)
            && after.Bytes <= before.Bytes + MostGrowth + (engines * MostGrowthOfEngine);
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public async Task Dispose_while_other_threads_call(SoftBonBackend backend)
    {
        var pick = new Pick(Temperature.Given(0.5f));
        SelectionResult expected = SelectionResult.Of(Engines.Reference, Batches[0], pick);
        for (int trial = 0; trial < 3; trial++)
        {
            SoftBonEngine engine = DeviceBackends.Make(backend, options => options.ChunkBytes = 50);
            using var started = new CountdownEvent(4);
            Task<int>[] callers = [.. Enumerable.Range(0, 4).Select(_ => OnThread(() =>
            {
                for (int calls = 0; ; calls++)
                {
                    try
                    {
                        SelectionResult.AssertSame(
                            expected, SelectionResult.Of(engine, Batches[0], pick), "a call before dispose");
                    }
                    catch (ObjectDisposedException)
                    {
                        return calls;
                    }

                    if (calls == 0)
                    {
                        started.Signal();
                    }
                }
            }))];
            started.Wait();
            engine.Dispose();
            engine.Dispose();
            Assert.All(await Task.WhenAll(callers), calls => Assert.True(calls > 0));
        }
    }

    private static Task<int> OnThread(Func<int> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void UseOne(SoftBonBackend backend, bool runs)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<float> buffer = engine.CreateBuffer<float>(100_000);
        using SoftBonQueue queue = engine.CreateQueue();
        buffer.CopyFrom(new float[100_000]);
        if (runs)
        {
            SelectionResult.Of(engine, Batches[1], new Pick(Temperature.Given(0.5f)));
        }
    }

    /// <summary>What the process has of the system, after everything that can be collected was.</summary>
    private sealed record Use(int Threads, int Handles, long Bytes)
    {
        public static Use Now()
        {
            for (int i = 0; i < 3; i++)
            {
                // What the heap keeps for itself after other tests is given back too.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            using var process = Process.GetCurrentProcess();
            int handles = Directory.Exists("/proc/self/fd")
                ? Directory.GetFiles("/proc/self/fd").Length
                : process.HandleCount;
            return new Use(process.Threads.Count, handles, process.WorkingSet64);
        }
    }

    private static IEnumerable<Action> Jobs(SoftBonEngine engine, Batch batch)
    {
        Temperature lambda = Temperature.Given(0.6f);
        var pick = new Pick(lambda) { Draws = 2 };
        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(i => i % 5)];
        WeightsResult weights = WeightsResult.Of(Engines.Reference, batch, lambda);
        SelectionResult picks = SelectionResult.Of(Engines.Reference, batch, pick);
        MajorityResult majority = MajorityResult.Of(Engines.Reference, batch, lambda, answers);
        yield return () => WeightsResult.AssertSame(weights, WeightsResult.Of(engine, batch, lambda), "weights");
        yield return () => SelectionResult.AssertSame(picks, SelectionResult.Of(engine, batch, pick), "picks");
        yield return () => MajorityResult.AssertSame(
            majority, MajorityResult.Of(engine, batch, lambda, answers), "majority");
    }
}

using BenchmarkDotNet.Attributes;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>An operation on every engine that runs here, in the modes of softbon bench; checked before anything is timed.</summary>
public abstract class OperationBench : IDisposable
{
    /// <summary>Calls that are queued at once.</summary>
    private const int Series = 8;

    private static readonly JobEngines All = new(SoftBonBackend.Auto);

    private readonly string operation;
    private Job? job;
    private JobEngine? engine;
    private ResidentJob? resident;

    /// <param name="operation">The operation's name, with which those of its variants begin.</param>
    protected OperationBench(string operation) => this.operation = operation;

    /// <summary>The reference first: all others are compared with it.</summary>
    public static IEnumerable<string> Engines => All.Running.Select(one => one.Name);

    /// <summary>The operation, and with other formats and options.</summary>
    public IEnumerable<string> Jobs => Variants.Select(one => one.Name);

    /// <summary>Rows and elements of each: candidates, tokens or hidden values.</summary>
    public IEnumerable<Shape> Shapes => Variants.First().Further;

    [ParamsSource(nameof(Jobs))]
    public string Job { get; set; } = "";

    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; }

    [ParamsSource(nameof(Engines))]
    public string Engine { get; set; } = "";

    private IEnumerable<Operation> Variants => Operation.All
        .Where(one => one.Name == operation || one.Name.StartsWith(operation + ",", StringComparison.Ordinal));

    [GlobalSetup]
    public void Setup()
    {
        job = Operation.Of(Job).Make(Shape);
        engine = All.Running.Single(one => one.Name == Engine);
        byte[] expected = job.Outcome(All.Running.Single(one => one.IsReference).Engine);
        Expect.True(job.Outcome(engine.Engine).AsSpan().SequenceEqual(expected), $"{Engine} has the reference's bits");
        if (engine.IsDevice)
        {
            resident = new ResidentJob(job, engine.Engine);
            Expect.True(resident.Outcome().AsSpan().SequenceEqual(expected), $"{Engine} has them on a queue");
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        resident?.Dispose();
        job?.Dispose();
        (resident, job) = (null, null);
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void EndToEnd() => job!.Run(engine!.Engine, Shape.Rows);

    [Benchmark]
    public void Resident() => resident!.Run();

    [Benchmark(OperationsPerInvoke = Series)]
    public void Kernel() => resident!.Run(Series);

    internal static bool IsDevice(string engine) => All.Running.Single(one => one.Name == engine).IsDevice;
}

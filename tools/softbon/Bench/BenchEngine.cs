using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Bench;

/// <summary>An engine that is timed.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Engine">The engine; disposed with this.</param>
/// <param name="Threads">Its threads on the processor; 0 where a device computes.</param>
internal sealed record BenchEngine(string Name, SoftBonEngine Engine, int Threads) : IDisposable
{
    public const string ReferenceName = "reference";

    public bool IsReference => Name == ReferenceName;

    public void Dispose() => Engine.Dispose();

    /// <summary>The scalar loops, and what --device names: by default all that runs here.</summary>
    public static IReadOnlyList<BenchEngine> Open(string device)
    {
        var engines = new List<BenchEngine> { OnProcessor(ReferenceName, SoftBonBackend.Reference, 1) };
        SoftBonBackend asked = BackendNames.Parse(device)!.Value;
        if (asked is SoftBonBackend.Auto or SoftBonBackend.Simd)
        {
            engines.Add(OnProcessor("simd, 1 thread", SoftBonBackend.Simd, 1));
            if (Environment.ProcessorCount > 1)
            {
                engines.Add(OnProcessor(
                    $"simd, {Environment.ProcessorCount} threads", SoftBonBackend.Simd, Environment.ProcessorCount));
            }
        }

        IEnumerable<(SoftBonBackend Backend, bool IsGpu)> devices = asked == SoftBonBackend.Auto
            ? SoftBonDevices.Probe().Where(one => one.IsAvailable).GroupBy(one => one.Backend)
                .Select(group => (group.Key, group.Any(one => one.IsGpu)))
            : BackendNames.IsDevice(asked) ? [(asked, true)] : [];
        engines.AddRange(devices.Select(device => new BenchEngine(
            BackendNames.Spell(device.Backend) + (device.IsGpu ? "" : ", a processor"),
            Make(new() { Backend = device.Backend, HostCallsBelow = 0 }),
            0)));
        return engines;
    }

    private static BenchEngine OnProcessor(string name, SoftBonBackend backend, int threads) =>
        new(name, Make(new() { Backend = backend, MaxDegreeOfParallelism = threads }), threads);

    private static SoftBonEngine Make(SoftBonOptions options)
    {
        try
        {
            return SoftBonEngine.Create(options);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }
    }
}

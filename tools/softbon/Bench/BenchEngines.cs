using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Bench;

/// <summary>The engines of a run, and what is not there, with the reason.</summary>
internal sealed class BenchEngines : IDisposable
{
    private static readonly (string Name, SoftBonBackend Backend, bool IsGpu)[] Kinds =
    [
        ("cuda", SoftBonBackend.Cuda, true),
        ("opencl", SoftBonBackend.OpenCl, true),
        ("opencl, a processor", SoftBonBackend.OpenCl, false),
    ];

    private readonly List<BenchEngine> _engines = [];
    private readonly Dictionary<string, string> _absent = [];

    /// <summary>The scalar loops, and what --device names: by default all that runs here.</summary>
    public BenchEngines(string device)
    {
        SoftBonBackend asked = BackendNames.Parse(device)!.Value;
        try
        {
            AddProcessor(asked);
            if (asked == SoftBonBackend.IlgpuCpu)
            {
                Add(BackendNames.Spell(asked), new() { Backend = asked, HostCallsBelow = 0 }, 0);
            }

            AddDevices(asked);
        }
        catch (FaultException)
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<BenchEngine> Running => _engines;

    /// <summary>Kinds of device that are not here, and why.</summary>
    public IReadOnlyDictionary<string, string> Absent => _absent;

    public void Dispose() => _engines.ForEach(engine => engine.Dispose());

    private void AddProcessor(SoftBonBackend asked)
    {
        AddOnThreads(BenchEngine.ReferenceName, SoftBonBackend.Reference, 1);
        if (asked is SoftBonBackend.Auto or SoftBonBackend.Simd)
        {
            AddOnThreads("simd, 1 thread", SoftBonBackend.Simd, 1);
            if (Environment.ProcessorCount > 1)
            {
                int threads = Environment.ProcessorCount;
                AddOnThreads($"simd, {threads} threads", SoftBonBackend.Simd, threads);
            }
        }
    }

    private void AddDevices(SoftBonBackend asked)
    {
        DeviceReport[] found = [.. SoftBonDevices.Probe().Where(one => asked is SoftBonBackend.Auto || one.Backend == asked)];
        foreach ((string name, SoftBonBackend backend, bool isGpu) in Kinds)
        {
            if (asked != SoftBonBackend.Auto && asked != backend)
            {
                continue;
            }

            DeviceReport[] own = [.. found.Where(one => one.Backend == backend && one.IsAvailable && one.IsGpu == isGpu)];
            foreach ((int number, DeviceReport device) in own.Index())
            {
                string numbered = own.Length == 1 ? name : $"{name} {number}";
                Add(numbered, new() { Backend = backend, DeviceIndex = device.Index, HostCallsBelow = 0 }, 0);
            }

            if (own.Length == 0)
            {
                _absent.Add(name, WhyNot(found.Where(one => one.Backend == backend), isGpu));
            }
        }

        // The engine says what is missing and what to do about it.
        if (asked != SoftBonBackend.Auto && BackendNames.IsDevice(asked) && _engines.TrueForAll(engine => !engine.IsDevice))
        {
            Add(BackendNames.Spell(asked), new() { Backend = asked }, 0);
        }
    }

    private static string WhyNot(IEnumerable<DeviceReport> reports, bool isGpu)
    {
        string[] reasons = [.. reports.Where(one => !one.IsAvailable).Select(one => one.Reason).Distinct()];
        return reasons.Length > 0 ? string.Join("; ", reasons)
            : isGpu ? "the devices found are processors"
            : "the devices found are GPUs";
    }

    private void AddOnThreads(string name, SoftBonBackend backend, int threads) =>
        Add(name, new() { Backend = backend, MaxDegreeOfParallelism = threads }, threads);

    private void Add(string name, SoftBonOptions options, int threads)
    {
        try
        {
            _engines.Add(new BenchEngine(name, () => SoftBonEngine.Create(options), threads));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }
    }
}

namespace SoftBoN.Kernels.Jobs;

/// <summary>The engines that are timed, and what is not there, with the reason.</summary>
internal sealed class JobEngines : IDisposable
{
    private static readonly (string Name, SoftBonBackend Backend, bool IsGpu)[] Kinds =
    [
        ("cuda", SoftBonBackend.Cuda, true),
        ("opencl", SoftBonBackend.OpenCl, true),
        ("opencl, a processor", SoftBonBackend.OpenCl, false),
    ];

    private readonly List<JobEngine> _engines = [];
    private readonly Dictionary<string, string> _absent = [];

    /// <summary>The scalar loops, and a backend; for Auto all that runs here. A backend that is not here is named all the same.</summary>
    public JobEngines(SoftBonBackend asked)
    {
        AddProcessor(asked);
        if (asked == SoftBonBackend.IlgpuCpu)
        {
            Add(BackendNames.Spell(asked), new() { Backend = asked, HostCallsBelow = 0 }, 0);
        }

        AddDevices(asked);
        if (asked != SoftBonBackend.Auto && BackendNames.IsDevice(asked) && _engines.TrueForAll(engine => !engine.IsDevice))
        {
            Add(BackendNames.Spell(asked), new() { Backend = asked }, 0);
        }
    }

    public IReadOnlyList<JobEngine> Running => _engines;

    /// <summary>Kinds of device that are not here, and why.</summary>
    public IReadOnlyDictionary<string, string> Absent => _absent;

    public void Dispose() => _engines.ForEach(engine => engine.Dispose());

    private void AddProcessor(SoftBonBackend asked)
    {
        AddOnThreads(JobEngine.ReferenceName, SoftBonBackend.Reference, 1);
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
        DeviceReport[] found = [.. SoftBonDevices.Probe()];
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

    private void Add(string name, SoftBonOptions options, int threads) =>
        _engines.Add(new JobEngine(name, () => SoftBonEngine.Create(options), threads));
}

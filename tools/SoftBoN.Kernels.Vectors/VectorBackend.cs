using SoftBoN.Kernels.Vectors.Files;
using SoftBoN.Kernels.Vectors.Numerics;

namespace SoftBoN.Kernels.Vectors;

/// <summary>A backend that vectors can be run on.</summary>
/// <param name="Name">Its name, as options and reports spell it.</param>
/// <param name="Kind">What an engine is asked for.</param>
/// <param name="Forms">Its numeric functions, by the names of their files.</param>
/// <param name="Obstacle">Why it cannot run here; null where it can.</param>
internal sealed record VectorBackend(
    string Name, SoftBonBackend Kind, IReadOnlyDictionary<string, NumericForm[]> Forms, string? Obstacle)
{
    private static readonly Dictionary<string, NumericForm[]> NoForms = [];

    /// <summary>
    /// All that there are, the one that defines every result first. Devices have no numeric forms of their own.
    /// </summary>
    public static IReadOnlyList<VectorBackend> All { get; } =
    [
        new("reference", SoftBonBackend.Reference, ScalarForms.All, null),
        new("simd", SoftBonBackend.Simd, VectorForms.All, HostBackends.SimdObstacle),
        Device(SoftBonBackend.IlgpuCpu) with { MostCost = 600, MostRandomRows = 8 },
        Device(SoftBonBackend.OpenCl),
        Device(SoftBonBackend.Cuda),
    ];

    /// <summary>
    /// The most that a case may cost here, in candidates and the passes over them; larger cases are left out, and
    /// counted.
    /// </summary>
    public long MostCost { get; init; } = long.MaxValue;

    /// <summary>The most random rows of a run that it gets.</summary>
    public int MostRandomRows { get; init; } = int.MaxValue;

    /// <summary>Whether it is too slow for everything.</summary>
    public bool IsLimited => MostCost < long.MaxValue;

    /// <summary>The stems of vectors that it can run; a device runs operations.</summary>
    public IEnumerable<string> Stems =>
        VectorFiles.Stems.Where(stem => stem != VectorFiles.NumericsStem || Forms.Count > 0);

    public static VectorBackend Reference => All[0];

    public static IEnumerable<VectorBackend> Available => All.Where(backend => backend.Obstacle == null);

    public static VectorBackend Named(string name) => All.Single(backend => backend.Name == name);

    /// <summary>Among how many threads every call on the processor is shared; null for as engines do by themselves.</summary>
    public int? Threads { get; init; }

    public SoftBonEngine CreateEngine()
    {
        var options = new SoftBonOptions
        {
            Backend = Kind,
            MaxDegreeOfParallelism = Threads ?? -1,
            SharesAllCalls = Threads != null,
        };
        return BackendNames.IsDevice(Kind) ? SoftBonEngine.Create(options) : SoftBonEngine.CreateHost(options);
    }

    private static VectorBackend Device(SoftBonBackend kind) =>
        new(BackendNames.Spell(kind), kind, NoForms, ObstacleOf(kind));

    private static string? ObstacleOf(SoftBonBackend kind)
    {
        if (kind == SoftBonBackend.IlgpuCpu)
        {
            return null;
        }

        DeviceReport[] reports = [.. SoftBonDevices.Probe().Where(report => report.Backend == kind)];
        return reports.Any(report => report.IsAvailable)
            ? null
            : string.Join("; ", reports.Select(report => $"{report.Name}: {report.Reason}."));
    }
}

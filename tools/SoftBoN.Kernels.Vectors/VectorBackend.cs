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
    /// <summary>All that there are, the one that defines every result first.</summary>
    public static IReadOnlyList<VectorBackend> All { get; } =
    [
        new("reference", SoftBonBackend.Reference, ScalarForms.All, null),
        new("simd", SoftBonBackend.Simd, VectorForms.All, HostBackends.SimdObstacle),
    ];

    public static VectorBackend Reference => All[0];

    public static IEnumerable<VectorBackend> Available => All.Where(backend => backend.Obstacle == null);

    public static VectorBackend Named(string name) => All.Single(backend => backend.Name == name);

    public SoftBonEngine CreateEngine() => SoftBonEngine.CreateHost(new SoftBonOptions { Backend = Kind });
}

namespace SoftBoN.Kernels;

/// <summary>How backends are spelled in options, variables and reports.</summary>
internal static class BackendNames
{
    /// <summary>Overrides what Auto means.</summary>
    public const string Variable = "SOFTBON_BACKEND";

    private static readonly (SoftBonBackend Backend, string Name)[] All =
    [
        (SoftBonBackend.Auto, "auto"),
        (SoftBonBackend.Reference, "reference"),
        (SoftBonBackend.Simd, "simd"),
        (SoftBonBackend.Cuda, "cuda"),
        (SoftBonBackend.OpenCl, "opencl"),
        (SoftBonBackend.IlgpuCpu, "ilgpu-cpu"),
    ];

    public static IEnumerable<string> Names => All.Select(pair => pair.Name);

    public static string Spell(SoftBonBackend backend) => Array.Find(All, pair => pair.Backend == backend).Name
        ?? backend.ToString();

    public static SoftBonBackend? Parse(string name)
    {
        int found = Array.FindIndex(All, pair => pair.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : All[found].Backend;
    }

    /// <summary>Whether it needs ILGPU and a device.</summary>
    public static bool IsDevice(SoftBonBackend backend) =>
        backend is SoftBonBackend.Cuda or SoftBonBackend.OpenCl or SoftBonBackend.IlgpuCpu;

    /// <summary>What the variable asks for; Auto where it is not set.</summary>
    /// <exception cref="ArgumentException">It names no backend.</exception>
    public static SoftBonBackend Forced(out string? value)
    {
        value = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(value))
        {
            return SoftBonBackend.Auto;
        }

        return Parse(value) is { } backend and not SoftBonBackend.Auto
            ? backend
            : throw new ArgumentException(
                $"The environment variable {Variable} is '{value}', which names no backend; set it to "
                + $"{string.Join(", ", Names.Skip(1).SkipLast(1))} or {Names.Last()}, or unset it.");
    }
}

using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SoftBoN.Tool.Running;

/// <summary>One thing about the machine, with its name for people and its key for programs.</summary>
internal readonly record struct MachineFact(string Key, string Name, string Value);

/// <summary>Whether a backend runs here, on what, and why or why not.</summary>
internal readonly record struct BackendReport(string Name, bool Usable, string Description, string Reason);

/// <summary>What bears on the speed of a run. Probing never throws.</summary>
internal static class Machine
{
    public static IReadOnlyList<MachineFact> Describe() =>
    [
        new("version", "softbon", Version()),
        new("dotnet", ".NET", RuntimeInformation.FrameworkDescription),
        new("os", "operating system", RuntimeInformation.OSDescription),
        new("architecture", "architecture", RuntimeInformation.ProcessArchitecture.ToString()),
        new("cpu", "processor", ProcessorName()),
        new("processors", "processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        new("vector", "Vector<T>", VectorWidth()),
        new("fma", "fused multiply-add", FusedMultiplyAdd()),
        new("instructions", "instruction sets", InstructionSets()),
        new("gc", "garbage collector", GCSettings.IsServerGC ? "server" : "workstation"),
        new(
            "softbon_backend",
            BackendNames.Variable,
            Environment.GetEnvironmentVariable(BackendNames.Variable) ?? "not set"),
        new("calibration", "calibration", File.Exists(Calibration.Path) ? Calibration.Path : "none, defaults apply"),
    ];

    public static IReadOnlyList<BackendReport> ProbeBackends() =>
        [.. Enum.GetValues<SoftBonBackend>().Select(Probe)];

    private static BackendReport Probe(SoftBonBackend backend)
    {
        string name = BackendNames.Spell(backend);
        try
        {
            using var engine = SoftBonEngine.Create(new SoftBonOptions { Backend = backend });
            SoftBonDevice device = engine.Device;
            string taken = backend == SoftBonBackend.Auto ? $"takes {BackendNames.Spell(device.Backend)}: " : "";
            return new BackendReport(name, true, device.Description, taken + device.Reason);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return new BackendReport(name, false, "-", fault.Message);
        }
    }

    private static string Version() =>
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private static string VectorWidth() => Vector.IsHardwareAccelerated
        ? $"{8 * Vector<byte>.Count} bits, {Vector<float>.Count} floats"
        : "not accelerated: the simd backend is as slow as reference";

    private static string FusedMultiplyAdd()
    {
        bool fused = Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported;
        return fused ? "yes; results do not depend on it" : "no; results do not depend on it";
    }

    private static string InstructionSets()
    {
        (string Name, bool Supported)[] sets =
        [
            ("SSE4.2", Sse42.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported),
            ("AdvSIMD", System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported),
        ];
        string names = string.Join(", ", sets.Where(set => set.Supported).Select(set => set.Name));
        return names.Length > 0 ? names : "none beyond the baseline";
    }

    private static string ProcessorName()
    {
        const string Field = "model name";
        const string Source = "/proc/cpuinfo";
        try
        {
            string? line = File.Exists(Source)
                ? File.ReadLines(Source).FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal))
                : null;
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
                ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
                ?? "unknown";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "unknown: " + fault.Message;
        }
    }
}

using System.Collections;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>What a table's figures depend on. Says nothing of who or where: no names, no paths.</summary>
/// <param name="Device">The processor in the form of a folder's name.</param>
/// <param name="Processor">The processor's own name.</param>
/// <param name="LogicalProcessors">How many the process may use.</param>
/// <param name="VectorBits">The width of Vector&lt;T&gt;, which the library uses.</param>
/// <param name="WidestAcceleratedBits">The widest vectors the runtime takes for fast, which the peers use.</param>
/// <param name="InstructionSets">What the runtime makes use of.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="OperatingSystem">The operating system.</param>
/// <param name="Library">The library's version.</param>
/// <param name="Peer">The version of System.Numerics.Tensors.</param>
/// <param name="Settings">Environment variables that the runtime reads.</param>
internal sealed record HostEnvironment(
    string Device,
    string Processor,
    int LogicalProcessors,
    int VectorBits,
    int WidestAcceleratedBits,
    IReadOnlyList<string> InstructionSets,
    string Runtime,
    string OperatingSystem,
    string Library,
    string Peer,
    IReadOnlyDictionary<string, string> Settings)
{
    private static readonly char[] Separators = ['/', '\\'];

    public static HostEnvironment Current()
    {
        var processor = Compare.Processor.Current();
        return new HostEnvironment(
            processor.Slug,
            processor.Name,
            Environment.ProcessorCount,
            Vector<byte>.Count * 8,
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
            Compare.InstructionSets.Available(),
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            VersionOf(typeof(SoftBonEngine)),
            VersionOf(typeof(System.Numerics.Tensors.TensorPrimitives)),
            RuntimeSettings());
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Variables of the runtime, but for those of the command line and those that hold paths.</summary>
    private static SortedDictionary<string, string> RuntimeSettings()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            string name = (string)entry.Key;
            string value = (string?)entry.Value ?? "";
            bool isRuntime = name.StartsWith("DOTNET_", StringComparison.Ordinal)
                || name.StartsWith("SOFTBON_", StringComparison.Ordinal);
            bool isTooling = name.StartsWith("DOTNET_CLI_", StringComparison.Ordinal);
            if (isRuntime && !isTooling && value.IndexOfAny(Separators) < 0)
            {
                settings[name] = value;
            }
        }

        return settings;
    }
}

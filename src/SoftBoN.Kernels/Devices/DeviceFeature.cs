using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Devices;

/// <summary>Whether this program can make code at run time, which device backends need.</summary>
internal static class DeviceFeature
{
    /// <summary>Why members are marked.</summary>
    public const string Why = "ILGPU reads kernels by reflection and makes code at run time.";

    public const string Obstacle =
        "This program is compiled ahead of time or trimmed, and device backends need code that is made at run time.";

    /// <summary>
    /// False in a natively compiled or trimmed program; the compiler then drops everything behind it. The switch is for
    /// programs that want to do without.
    /// </summary>
    [FeatureSwitchDefinition("SoftBoN.Kernels.Devices")]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "A trimmer sets it to false by itself.")]
    public static bool IsSupported =>
        RuntimeFeature.IsDynamicCodeSupported
        && (!AppContext.TryGetSwitch("SoftBoN.Kernels.Devices", out bool isOn) || isOn);
}

using System.Globalization;

namespace SoftBoN.OpenClProbe;

/// <summary>An OpenCL device and what decides whether ILGPU's kernels can run on it.</summary>
/// <param name="Name">CL_DEVICE_NAME.</param>
/// <param name="Version">CL_DEVICE_VERSION: "OpenCL 3.0 ...".</param>
/// <param name="Driver">CL_DRIVER_VERSION.</param>
/// <param name="Kind">CL_DEVICE_TYPE, a set of bits.</param>
/// <param name="GenericAddressSpace">CL_DEVICE_GENERIC_ADDRESS_SPACE_SUPPORT.</param>
internal sealed record Device(string Name, string Version, string Driver, ulong Kind, bool GenericAddressSpace)
{
    /// <summary>CL_DEVICE_TYPE_ALL.</summary>
    public const ulong AnyKind = 0xffffffff;

    /// <summary>CL_DEVICE_TYPE.</summary>
    public const uint KindQuestion = 0x1000;

    /// <summary>CL_DEVICE_NAME.</summary>
    public const uint NameQuestion = 0x102b;

    /// <summary>CL_DRIVER_VERSION.</summary>
    public const uint DriverQuestion = 0x102d;

    /// <summary>CL_DEVICE_VERSION.</summary>
    public const uint VersionQuestion = 0x102f;

    /// <summary>CL_DEVICE_GENERIC_ADDRESS_SPACE_SUPPORT.</summary>
    public const uint GenericAddressSpaceQuestion = 0x1069;

    private const ulong ProcessorBit = 1 << 1;

    /// <summary>Whether the device is the machine's processor.</summary>
    public bool IsProcessor => (Kind & ProcessorBit) != 0;

    /// <summary>Why the kernels cannot run on it; null where they can.</summary>
    public string? Obstacle => Major switch
    {
        2 => null,
        >= 3 when GenericAddressSpace => null,
        >= 3 => "it lacks the generic address space",
        _ => "OpenCL 2 or 3 is needed",
    };

    private int Major
    {
        get
        {
            string number = Version.Replace("OpenCL ", "", StringComparison.Ordinal).Split('.')[0];
            return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : 0;
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;

namespace SoftBoN.Kernels.Devices;

/// <summary>A device as its OpenCL platform describes it.</summary>
internal sealed record OpenClDeviceInfo(nint Id, string Platform, string Name)
{
    public bool IsGpu { get; init; }

    public bool IsOnline { get; init; }

    public long Memory { get; init; }

    public string Version { get; init; } = "";

    public string Driver { get; init; } = "";

    public int AddressBits { get; init; }

    /// <summary>OpenCL 2 has it always, 3 may have it, 1 has it not.</summary>
    public bool HasGenericAddressSpace { get; init; }
}

/// <summary>
/// What OpenCL's loader says of platforms and devices. Asked directly, as ILGPU passes over what it cannot use without
/// a word.
/// </summary>
internal sealed unsafe class OpenClLoader
{
    private const uint PlatformName = 0x0902;
    private const ulong AnyDevice = 0xFFFFFFFF;
    private const uint DeviceType = 0x1000;
    private const uint DeviceAddressBits = 0x100D;
    private const uint DeviceMemory = 0x101F;
    private const uint DeviceAvailable = 0x1027;
    private const uint DeviceName = 0x102B;
    private const uint DriverVersion = 0x102D;
    private const uint DeviceVersion = 0x102F;
    private const uint GenericAddressSpace = 0x1069;
    private const ulong GpuType = 4;

    private readonly delegate* unmanaged<uint, nint*, uint*, int> getPlatforms;
    private readonly delegate* unmanaged<nint, ulong, uint, nint*, uint*, int> getDevices;
    private readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> getPlatformInfo;
    private readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> getDeviceInfo;

    private OpenClLoader(nint library)
    {
        getPlatforms = (delegate* unmanaged<uint, nint*, uint*, int>)Find(library, "clGetPlatformIDs");
        getDevices = (delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)Find(library, "clGetDeviceIDs");
        getPlatformInfo =
            (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Find(library, "clGetPlatformInfo");
        getDeviceInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Find(library, "clGetDeviceInfo");
    }

    /// <summary>What keeps it from being used, and what to do about it; null where nothing does.</summary>
    public (string Reason, string Cure)? Obstacle { get; private set; }

    public IReadOnlyList<OpenClDeviceInfo> Devices { get; private set; } = [];

    /// <summary>Asks; null where there is no loader.</summary>
    public static OpenClLoader? Ask()
    {
        if (!NativeLibraries.TryLoadOpenCl(out nint library))
        {
            return null;
        }

        var loader = new OpenClLoader(library);
        loader.AskAll();
        return loader;
    }

    private void AskAll()
    {
        if (getPlatforms == null || getDevices == null || getPlatformInfo == null || getDeviceInfo == null)
        {
            Obstacle = ("the library lacks functions that every OpenCL loader has", "Install ocl-icd-libopencl1 anew.");
            return;
        }

        uint count = 0;
        int result = getPlatforms(0, null, &count);
        if (result != 0 || count == 0)
        {
            Obstacle = (
                $"no OpenCL platform is installed (clGetPlatformIDs returned {result})",
                "Install the OpenCL driver of the device's vendor; /etc/OpenCL/vendors lists those that are installed.");
            return;
        }

        var platforms = new nint[count];
        fixed (nint* ids = platforms)
        {
            getPlatforms(count, ids, null);
        }

        Devices = [.. platforms.SelectMany(DevicesOf)];
        if (Devices.Count == 0)
        {
            Obstacle = (
                $"{count} OpenCL platforms are installed and none has a device",
                "Check that the user may open the device (groups video and render).");
        }
    }

    private IEnumerable<OpenClDeviceInfo> DevicesOf(nint platform)
    {
        string name = Text(getPlatformInfo, platform, PlatformName);
        uint count = 0;
        if (getDevices(platform, AnyDevice, 0, null, &count) != 0 || count == 0)
        {
            return [];
        }

        var devices = new nint[count];
        fixed (nint* ids = devices)
        {
            getDevices(platform, AnyDevice, count, ids, null);
        }

        return devices.Select(device => Describe(device, name));
    }

    private OpenClDeviceInfo Describe(nint device, string platform)
    {
        string version = Text(getDeviceInfo, device, DeviceVersion);
        bool isVersion2 = version.StartsWith("OpenCL 2", StringComparison.Ordinal);
        bool isVersion1 = version.StartsWith("OpenCL 1", StringComparison.Ordinal);
        return new OpenClDeviceInfo(device, platform, Text(getDeviceInfo, device, DeviceName))
        {
            IsGpu = (Number(device, DeviceType) & GpuType) != 0,
            IsOnline = (uint)Number(device, DeviceAvailable) != 0,
            Memory = (long)Number(device, DeviceMemory),
            Version = version,
            Driver = Text(getDeviceInfo, device, DriverVersion),
            AddressBits = (int)(uint)Number(device, DeviceAddressBits),
            HasGenericAddressSpace =
                isVersion2 || (!isVersion1 && (uint)Number(device, GenericAddressSpace) != 0),
        };
    }

    private ulong Number(nint device, uint what)
    {
        ulong value = 0;
        return getDeviceInfo(device, what, sizeof(ulong), &value, null) == 0 ? value : 0;
    }

    private static string Text(
        delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> ask, nint about, uint what)
    {
        nuint length = 0;
        if (ask(about, what, 0, null, &length) != 0 || length == 0)
        {
            return "";
        }

        byte[] text = new byte[length];
        fixed (byte* bytes = text)
        {
            return ask(about, what, length, bytes, null) == 0 ? Encoding.UTF8.GetString(text).Trim('\0', ' ') : "";
        }
    }

    private static nint Find(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out nint address) ? address : 0;
}

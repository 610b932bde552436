using System.Runtime.InteropServices;
using System.Text;

namespace SoftBoN.Kernels.Devices;

/// <summary>A GPU as the CUDA driver describes it.</summary>
internal sealed record CudaDeviceInfo(int Ordinal, string Name, long Memory, int Major, int Minor);

/// <summary>
/// What the CUDA driver says of itself. Asked directly, as ILGPU turns every failure into an empty list of devices.
/// </summary>
internal sealed unsafe class CudaDriver
{
    private const int MajorAttribute = 75;
    private const int MinorAttribute = 76;

    private readonly nint library;

    private CudaDriver(nint library) => this.library = library;

    /// <summary>What keeps it from being used, and what to do about it; null where nothing does.</summary>
    public (string Reason, string Cure)? Obstacle { get; private set; }

    /// <summary>The newest CUDA that the driver serves, such as 12.4.</summary>
    public string Version { get; private set; } = "";

    public IReadOnlyList<CudaDeviceInfo> Devices { get; private set; } = [];

    /// <summary>Asks; null where there is no driver.</summary>
    public static CudaDriver? Ask()
    {
        if (!NativeLibraries.TryLoadCuda(out nint library))
        {
            return null;
        }

        var driver = new CudaDriver(library);
        driver.AskAll();
        return driver;
    }

    private void AskAll()
    {
        var init = (delegate* unmanaged<uint, int>)Find("cuInit");
        var version = (delegate* unmanaged<int*, int>)Find("cuDriverGetVersion");
        var count = (delegate* unmanaged<int*, int>)Find("cuDeviceGetCount");
        if (init == null || version == null || count == null)
        {
            Obstacle = ("the library lacks functions that every CUDA driver has", "Install NVIDIA's driver anew.");
            return;
        }

        int number = 0;
        if (version(&number) == 0)
        {
            Version = $"{number / 1000}.{number % 1000 / 10}";
        }

        int result = init(0);
        if (result != 0)
        {
            Obstacle = ($"cuInit returned {Describe(result)}", CureOf(result));
            return;
        }

        int devices = 0;
        result = count(&devices);
        if (result != 0 || devices == 0)
        {
            Obstacle = (
                result != 0 ? $"cuDeviceGetCount returned {Describe(result)}" : "the driver lists no GPU",
                "Check nvidia-smi, and that CUDA_VISIBLE_DEVICES hides no GPU.");
            return;
        }

        Devices = [.. Enumerable.Range(0, devices).Select(DeviceAt)];
    }

    private CudaDeviceInfo DeviceAt(int ordinal)
    {
        var get = (delegate* unmanaged<int*, int, int>)Find("cuDeviceGet");
        var name = (delegate* unmanaged<byte*, int, int, int>)Find("cuDeviceGetName");
        var memory = (delegate* unmanaged<nuint*, int, int>)Find("cuDeviceTotalMem_v2");
        var attribute = (delegate* unmanaged<int*, int, int, int>)Find("cuDeviceGetAttribute");
        int device = ordinal;
        if (get != null)
        {
            get(&device, ordinal);
        }

        const int Longest = 256;
        byte* text = stackalloc byte[Longest];
        text[0] = 0;
        nuint bytes = 0;
        int major = 0;
        int minor = 0;
        _ = name == null ? 0 : name(text, Longest, device);
        _ = memory == null ? 0 : memory(&bytes, device);
        _ = attribute == null ? 0 : attribute(&major, MajorAttribute, device);
        _ = attribute == null ? 0 : attribute(&minor, MinorAttribute, device);
        text[Longest - 1] = 0;
        return new CudaDeviceInfo(
            ordinal,
            Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)),
            (long)bytes,
            major,
            minor);
    }

    private string Describe(int result)
    {
        var describe = (delegate* unmanaged<int, byte**, int>)Find("cuGetErrorName");
        byte* text = null;
        return describe != null && describe(result, &text) == 0 && text != null
            ? $"{Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text))} ({result})"
            : $"error {result}";
    }

    private static string CureOf(int result) => result switch
    {
        100 => "Check nvidia-smi; in a container, pass the GPU to it (docker run --gpus all).",
        803 or 804 => "The driver's library and its kernel module differ in version: restart the machine, or install a "
            + "driver that fits.",
        _ => "Check nvidia-smi, and that the driver's kernel module is loaded.",
    };

    private nint Find(string function) => NativeLibrary.TryGetExport(library, function, out nint address) ? address : 0;
}

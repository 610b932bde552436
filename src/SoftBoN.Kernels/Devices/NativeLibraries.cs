using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace SoftBoN.Kernels.Devices;

/// <summary>The drivers' libraries.</summary>
internal static class NativeLibraries
{
    private static readonly string[] OpenClNames = OperatingSystem.IsWindows()
        ? ["OpenCL.dll"]
        : OperatingSystem.IsMacOS()
            ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
            : ["libOpenCL.so", "libOpenCL.so.1"];

    private static int resolves;

    public static string CudaName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    public static string OpenClName => string.Join(" or ", OpenClNames);

    /// <summary>What is wrong where CUDA's library does not load, as the rest of a sentence about it.</summary>
    public static string CudaAbsence => Absence(CudaName);

    /// <inheritdoc cref="CudaAbsence"/>
    public static string OpenClAbsence => Absence(OpenClNames);

    public static bool TryLoadCuda(out nint library) => TryLoad(CudaName, out library);

    public static bool TryLoadOpenCl(out nint library)
    {
        foreach (string name in OpenClNames)
        {
            if (TryLoad(name, out library))
            {
                return true;
            }
        }

        library = 0;
        return false;
    }

    /// <summary>
    /// ILGPU asks for libOpenCL.so, which is there only where development files are installed; libOpenCL.so.1 will do.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void LetIlgpuFindOpenCl()
    {
        if (OperatingSystem.IsLinux() && Interlocked.Exchange(ref resolves, 1) == 0)
        {
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
            }
            catch (InvalidOperationException)
            {
                // The program has a resolver of its own for ILGPU, which then has to find the library.
            }
        }
    }

    /// <summary>
    /// Whether libraries of these names are missing, or there and broken. The loader says so in a line for each place where
    /// it looked.
    /// </summary>
    public static string Absence(params string[] names)
    {
        foreach (string name in names)
        {
            try
            {
                NativeLibrary.Free(NativeLibrary.Load(name, typeof(NativeLibraries).Assembly, DllImportSearchPath.SafeDirectories));
            }
            catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
            {
                string? broken = fault.Message.Split('\n').Skip(1).FirstOrDefault(line => !IsMissing(line, name));
                if (broken != null)
                {
                    return $"cannot be loaded ({broken.Trim()})";
                }
            }
        }

        return "was not found";
    }

    /// <summary>A file that is not there; one of another name is what the library itself needs.</summary>
    private static bool IsMissing(string line, string name) =>
        line.Trim().Length == 0
        || (line.Contains("cannot open shared object file", StringComparison.Ordinal)
            && Path.GetFileName(line.Split(':')[0]).Contains(Path.GetFileName(name), StringComparison.Ordinal));

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name.Contains("OpenCL", StringComparison.OrdinalIgnoreCase) && TryLoadOpenCl(out nint library) ? library : 0;

    private static bool TryLoad(string name, out nint library) =>
        NativeLibrary.TryLoad(name, typeof(NativeLibraries).Assembly, DllImportSearchPath.SafeDirectories, out library);
}

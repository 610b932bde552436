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

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name.Contains("OpenCL", StringComparison.OrdinalIgnoreCase) && TryLoadOpenCl(out nint library) ? library : 0;

    private static bool TryLoad(string name, out nint library) =>
        NativeLibrary.TryLoad(name, typeof(NativeLibraries).Assembly, DllImportSearchPath.SafeDirectories, out library);
}

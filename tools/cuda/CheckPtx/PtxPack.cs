using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ILGPU.Runtime.Cuda;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx;

/// <summary>The PTX of all kernels that run on CUDA in one file, which an assembly without ILGPU carries.</summary>
/// <remarks>
/// For each kernel a line "name entry-point group-size length", then so many bytes of PTX; all of it compressed by Brotli.
/// </remarks>
internal static partial class PtxPack
{
    /// <summary>The kernels that run on CUDA.</summary>
    public static IEnumerable<DeviceKernel> Kernels =>
        DevicePrograms.Kernels.Where(kernel => KernelCheck.RunsOnCuda(kernel, DevicePrograms.Kernels));

    /// <summary>
    /// The PTX of a kernel as it is packed: for sm_80, which newer GPUs compile on, and with names that do not tell what
    /// else was compiled before.
    /// </summary>
    public static string TextOf(DeviceKernel kernel)
    {
        string text = OfflineCompiler.OfLibrary.Ptx(kernel, CudaArchitecture.SM_80).ReplaceLineEndings("\n");
        var numbers = new Dictionary<string, string>();
        return NumberOfName().Replace(text, match =>
        {
            numbers.TryAdd(match.Value, $"_{numbers.Count}");
            return numbers[match.Value];
        });
    }

    /// <summary>Compiles and writes all.</summary>
    /// <returns>The number of kernels.</returns>
    public static int Write(string path)
    {
        (DeviceKernel Kernel, string Text)[] texts =
            [.. Kernels.AsParallel().AsOrdered().Select(kernel => (kernel, TextOf(kernel)))];
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var packed = new BrotliStream(File.Create(path), CompressionLevel.SmallestSize);
        foreach ((DeviceKernel kernel, string text) in texts)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            string line = $"{kernel.Name} {PtxText.EntryPoint(text)} {kernel.GroupSize} {bytes.Length}\n";
            packed.Write(Encoding.ASCII.GetBytes(line));
            packed.Write(bytes);
        }

        return texts.Length;
    }

    [GeneratedRegex(@"(?<=[A-Za-z])(?<!sm)_\d+\b")]
    private static partial Regex NumberOfName();
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SoftBoN.CheckPtx;

/// <summary>NVIDIA's assembler and disassembler, which need no device.</summary>
internal sealed partial class CudaTools
{
    /// <summary>The environment variable that says where the tools are.</summary>
    public const string FolderVariable = "SOFTBON_CUDA_BIN";

    private readonly string folder;

    private CudaTools(string folder)
    {
        this.folder = folder;
        Version = VersionLine().Match(Run("ptxas", ["--version"]).Output).Groups["version"].Value;
    }

    /// <summary>The version of the assembler: 12.4.131.</summary>
    public string Version { get; }

    /// <summary>The tools in the folder that the environment names; null where it names none that has them.</summary>
    public static CudaTools? Find() =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
        && File.Exists(Path.Combine(folder, "ptxas")) && File.Exists(Path.Combine(folder, "cuobjdump"))
            ? new(folder)
            : null;

    /// <summary>Assembles a kernel.</summary>
    /// <param name="ptx">Its text.</param>
    /// <param name="architecture">For what: sm_90.</param>
    /// <param name="contract">Whether products and sums may become fused multiply-adds: the driver's way.</param>
    /// <param name="file">Where code and its listing go, without a suffix.</param>
    public AssembledKernel Assemble(string ptx, string architecture, bool contract, string file)
    {
        string name = PtxText.EntryName(ptx);
        string source = Path.GetTempFileName(), code = file + ".cubin";
        File.WriteAllText(source, ptx);
        string fmad = contract ? "-fmad=true" : "-fmad=false";
        (int exit, string output) = Run("ptxas", ["-v", fmad, $"-arch={architecture}", source, "-o", code]);
        File.Delete(source);
        if (exit != 0)
        {
            throw new InvalidOperationException($"ptxas ends with {exit}: {output.Trim()}");
        }

        string sass = Run("cuobjdump", ["-sass", code]).Output;
        File.WriteAllText(file + ".sass", sass);
        return new(KernelResources.Parse(output, name), SassListing.Parse(sass, name));
    }

    private (int Exit, string Output) Run(string tool, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, tool), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex(@", V(?<version>[\d.]+)")]
    private static partial Regex VersionLine();
}

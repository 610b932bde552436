using ILGPU.Runtime.Cuda;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx;

/// <summary>Compiles kernels without a device and collects what is wrong with them and what they cost.</summary>
/// <param name="compiler">Makes the texts.</param>
/// <param name="tools">Assembles them.</param>
/// <param name="folder">Where all texts are kept.</param>
internal sealed class KernelCheck(OfflineCompiler compiler, CudaTools tools, string folder)
{
    private readonly List<Finding> findings = [];
    private readonly List<KernelFigures> figures = [];

    /// <summary>What is wrong with the kernels so far.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>What the kernels so far cost.</summary>
    public IReadOnlyList<KernelFigures> Figures => figures;

    /// <summary>The same for people.</summary>
    public FiguresTable Table { get; } = new();

    /// <summary>Checks one kernel for all that it can run on.</summary>
    public void Run(DeviceKernel kernel)
    {
        foreach (Occupancy target in Occupancy.Targets)
        {
            Guarded(kernel, target.Target, () => CheckCuda(kernel, target));
        }

        if (!kernel.UsesShuffles)
        {
            Guarded(kernel, "OpenCL", () => CheckOpenCl(kernel));
        }
    }

    private static CudaArchitecture ArchitectureOf(Occupancy target) =>
        target.Target == "sm_80" ? CudaArchitecture.SM_80 : CudaArchitecture.SM_90;

    private void CheckCuda(DeviceKernel kernel, Occupancy target)
    {
        string ptx = compiler.Ptx(kernel, ArchitectureOf(target));
        findings.AddRange(PtxText.Check(kernel.Name, target.Target, ptx));
        string file = Path.Combine(folder, $"{kernel.Name}.{target.Target}");
        AssembledKernel contracted = tools.Assemble(ptx, target.Target, contract: true, file);
        AssembledKernel asWritten = tools.Assemble(ptx, target.Target, contract: false, file + ".as-written");
        findings.AddRange(contracted.Check(kernel.Name, target.Target, asWritten));
        figures.Add(KernelFigures.Of(kernel.Name, target.Target, contracted));
        Table.Add(kernel.Name, kernel.GroupSize, target, contracted);
    }

    private void CheckOpenCl(DeviceKernel kernel)
    {
        string source = compiler.OpenClC(kernel);
        File.WriteAllText(Path.Combine(folder, kernel.Name + ".cl"), source);
        findings.AddRange(OpenClText.Check(kernel.Name, source));
    }

    /// <summary>A kernel that does not compile is a finding like any other; the rest is checked nevertheless.</summary>
    private void Guarded(DeviceKernel kernel, string target, Action check)
    {
        try
        {
            check();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or IOException))
        {
            Exception cause = fault.GetBaseException();
            string causes = cause == fault ? fault.Message : $"{fault.Message} {cause.Message}";
            findings.Add(new(kernel.Name, target, "does not compile", causes));
        }
    }
}

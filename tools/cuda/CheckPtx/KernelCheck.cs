using ILGPU.Runtime.Cuda;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx;

/// <summary>Compiles kernels without a device and finds what is wrong with them and what they cost.</summary>
/// <param name="compiler">Makes the texts.</param>
/// <param name="tools">Assembles them.</param>
/// <param name="folder">Where all texts are kept.</param>
internal sealed class KernelCheck(OfflineCompiler compiler, CudaTools tools, string folder)
{
    /// <summary>Checks one kernel on what it is made for.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="onCuda">Whether it runs on CUDA.</param>
    /// <param name="onOpenCl">Whether it runs on OpenCL.</param>
    public KernelReport Run(DeviceKernel kernel, bool onCuda, bool onOpenCl)
    {
        var report = new KernelReport(kernel);
        if (onCuda)
        {
            Guarded(report, "CUDA", () => CheckCuda(report));
        }

        if (onOpenCl)
        {
            Guarded(report, "OpenCL", () => CheckOpenCl(report));
        }

        return report;
    }

    /// <summary>Checks all kernels on what they run on, as many at a time as there are processors.</summary>
    public IReadOnlyList<KernelReport> RunAll(IReadOnlyCollection<DeviceKernel> kernels) =>
    [
        .. kernels.AsParallel().AsOrdered().WithExecutionMode(ParallelExecutionMode.ForceParallelism)
            .Select(kernel => Run(kernel, RunsOnCuda(kernel, kernels), onOpenCl: !kernel.UsesShuffles)),
    ];

    /// <summary>
    /// Where there are two of a stem, CUDA runs the one with shuffles: Tilt.Shuffle, not Tilt.Shared; and none whose threads
    /// are alone.
    /// </summary>
    public static bool RunsOnCuda(DeviceKernel kernel, IEnumerable<DeviceKernel> all) =>
        !kernel.IsAlone && (kernel.UsesShuffles || !all.Any(other => other.UsesShuffles && Stem(other) == Stem(kernel)));

    private static string Stem(DeviceKernel kernel) => Path.GetFileNameWithoutExtension(kernel.Name);

    /// <summary>A kernel that does not compile is a finding like any other; the rest is checked nevertheless.</summary>
    private static void Guarded(KernelReport report, string target, Action check)
    {
        try
        {
            check();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or IOException))
        {
            Exception cause = fault.GetBaseException();
            report.Add(target, "does not compile", cause == fault ? fault.Message : $"{fault.Message} {cause.Message}");
        }
    }

    /// <summary>ILGPU 1.5.3 writes the same text, for sm_80, for everything newer too.</summary>
    private void CheckCuda(KernelReport report)
    {
        string name = report.Kernel.Name;
        string ptx = compiler.Ptx(report.Kernel, CudaArchitecture.SM_90);
        File.WriteAllText(Path.Combine(folder, name + ".ptx"), ptx);
        report.Add(PtxText.Check(name, "PTX", ptx));
        foreach (Multiprocessor target in Multiprocessor.Targets)
        {
            string file = Path.Combine(folder, $"{name}.{target.Name}");
            AssembledKernel contracted = tools.Assemble(ptx, target.Name, contract: true, file);
            AssembledKernel asWritten = tools.Assemble(ptx, target.Name, contract: false, file + ".as-written");
            report.Add(contracted.Check(name, target.Name, asWritten));
            report.Add(target, contracted);
        }
    }

    private void CheckOpenCl(KernelReport report)
    {
        string source = compiler.OpenClC(report.Kernel);
        File.WriteAllText(Path.Combine(folder, report.Kernel.Name + ".cl"), source);
        report.Add(OpenClText.Check(report.Kernel.Name, source));
    }
}

using System.Reflection;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx.Tests;

/// <summary>What only the assembler sees; skipped, and said so, where there is none.</summary>
public sealed class AssemblerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("check-ptx");

    public void Dispose() => folder.Delete(recursive: true);

    [AssemblerFact]
    public void A_contraction_is_found_on_both_architectures()
    {
        KernelReport report = Check(nameof(BadKernels.Contracts));
        Assert.Equal(
            ["sm_80", "sm_90"],
            report.Findings.Where(one => one.Rule.StartsWith("the assembler contracts", StringComparison.Ordinal))
                .Select(one => one.Target));
    }

    [AssemblerFact]
    public void A_good_kernel_has_figures_and_no_findings()
    {
        KernelReport report = Check(nameof(BadKernels.Good));
        Assert.Empty(report.Findings);
        Assert.Equal(["sm_80", "sm_90"], report.Figures.Select(one => one.Target));
        Assert.All(report.Figures, one => Assert.Equal((32, 4), (one.LoadBits, one.MainBytes)));
        Assert.All(report.Figures, one => Assert.InRange(one.Registers, 1, 32));
    }

    [AssemblerFact]
    public void A_stack_frame_is_found()
    {
        KernelReport report = Check(nameof(BadKernels.KeepsAnArray));
        Assert.Contains(report.Findings, one => one.Rule.StartsWith("a stack frame", StringComparison.Ordinal));
    }

    [AssemblerFact]
    public void A_kernel_that_cannot_be_compiled_is_a_finding_and_stops_nothing()
    {
        KernelReport report = Check(nameof(BadKernels.UsesDoubles));
        Assert.Contains(report.Findings, one => (one.Target, one.Rule) == ("OpenCL", "does not compile"));
        Assert.Equal(["sm_80", "sm_90"], report.Figures.Select(one => one.Target));
    }

    [AssemblerFact]
    public void Cuda_runs_the_one_of_two_that_has_shuffles()
    {
        MethodInfo method = BadKernels.Named(nameof(BadKernels.Good)).Method;
        DeviceKernel[] kernels =
        [
            new("Tilt.Shuffle", method, BadKernels.GroupSize, UsesShuffles: true),
            new("Tilt.Shared", method, BadKernels.GroupSize, UsesShuffles: false),
            new("Order", method, BadKernels.GroupSize, UsesShuffles: false),
        ];
        IReadOnlyList<KernelReport> reports = Check().RunAll(kernels);
        Assert.Equal([2, 0, 2], reports.Select(report => report.Assembled.Count));
        string[] sources = [.. folder.GetFiles("*.cl").Select(file => file.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["Order.cl", "Tilt.Shared.cl"], sources);
    }

    private KernelReport Check(string kernel) => Check().Run(BadKernels.Named(kernel), onCuda: true, onOpenCl: true);

    private KernelCheck Check() => new(BadKernels.Compiler, CudaTools.Find()!, folder.FullName);
}

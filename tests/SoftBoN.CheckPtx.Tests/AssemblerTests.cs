namespace SoftBoN.CheckPtx.Tests;

/// <summary>What only the assembler sees; skipped, and said so, where there is none.</summary>
public sealed class AssemblerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("check-ptx");

    public void Dispose() => folder.Delete(recursive: true);

    [AssemblerFact]
    public void A_contraction_is_found_on_both_architectures()
    {
        KernelCheck check = Check(nameof(BadKernels.Contracts));
        Assert.Equal(
            ["sm_80", "sm_90"],
            check.Findings.Where(one => one.Rule.StartsWith("the assembler contracts", StringComparison.Ordinal))
                .Select(one => one.Target));
    }

    [AssemblerFact]
    public void A_good_kernel_has_figures_and_no_findings()
    {
        KernelCheck check = Check(nameof(BadKernels.Good));
        Assert.Empty(check.Findings);
        Assert.Equal(["sm_80", "sm_90"], check.Figures.Select(one => one.Target));
        Assert.All(check.Figures, one => Assert.Equal((32, 4), (one.LoadBits, one.MainBytes)));
        Assert.All(check.Figures, one => Assert.InRange(one.Registers, 1, 32));
    }

    [AssemblerFact]
    public void A_stack_frame_is_found()
    {
        KernelCheck check = Check(nameof(BadKernels.KeepsAnArray));
        Assert.Contains(check.Findings, one => one.Rule.StartsWith("a stack frame", StringComparison.Ordinal));
    }

    [AssemblerFact]
    public void A_kernel_that_cannot_be_compiled_is_a_finding_and_stops_nothing()
    {
        KernelCheck check = Check(nameof(BadKernels.UsesDoubles));
        Assert.Contains(check.Findings, one => (one.Target, one.Rule) == ("OpenCL", "does not compile"));
        check.Run(BadKernels.Named(nameof(BadKernels.Good)));
        Assert.Contains(check.Figures, one => one.Kernel == nameof(BadKernels.Good));
    }

    private KernelCheck Check(string kernel)
    {
        var check = new KernelCheck(BadKernels.Compiler, CudaTools.Find()!, folder.FullName);
        check.Run(BadKernels.Named(kernel));
        return check;
    }
}

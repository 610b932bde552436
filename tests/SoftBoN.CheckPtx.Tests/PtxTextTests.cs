using ILGPU.Runtime.Cuda;

namespace SoftBoN.CheckPtx.Tests;

/// <summary>What must not be in PTX is found, in what ILGPU makes of a kernel and in text made by hand.</summary>
public sealed class PtxTextTests
{
    [Theory]
    [InlineData(nameof(BadKernels.Divides), "a division")]
    [InlineData(nameof(BadKernels.DividesIntegers), "a division")]
    [InlineData(nameof(BadKernels.UsesDoubles), "float64")]
    [InlineData(nameof(BadKernels.UsesExp), "a hardware function")]
    [InlineData(nameof(BadKernels.CallsOut), "an extern function")]
    [InlineData(nameof(BadKernels.AddsAtomically), "a float atomic")]
    [InlineData(nameof(BadKernels.Contracts), "a product that the assembler may contract")]
    [InlineData(nameof(BadKernels.KeepsAnArray), "local memory")]
    public void A_kernel_that_must_not_be_is_found(string kernel, string rule) =>
        Assert.Contains(Findings(kernel), finding => finding.Rule.StartsWith(rule, StringComparison.Ordinal));

    [Theory]
    [InlineData(nameof(BadKernels.Good))]
    [InlineData(nameof(BadKernels.FencesGlobalMemoryOnly))]
    public void A_good_kernel_has_no_findings(string kernel) => Assert.Empty(Findings(kernel));

    [Theory]
    [InlineData("ex2.approx.f32 %f2, %f1;", "a hardware function")]
    [InlineData("lg2.approx.f32 %f2, %f1;", "a hardware function")]
    [InlineData("rcp.rn.f32 %f2, %f1;", "a hardware function")]
    [InlineData("sqrt.rn.f32 %f2, %f1;", "a hardware function")]
    [InlineData("div.rn.f32 %f3, %f1, %f2;", "a division")]
    [InlineData("rem.u32 %r3, %r1, %r2;", "a division")]
    [InlineData("div.s32 %r3, %r1, 12;", "a division")]
    [InlineData("red.global.add.f32 [%rd1], %f1;", "a float atomic")]
    [InlineData("add.ftz.f32 %f3, %f1, %f2;", "flushing of subnormals")]
    [InlineData("mad.f32 %f3, %f1, %f2, %f2;", "a product that the assembler may contract")]
    [InlineData("call (retval), Fma_642, (a, b, c);", "a call")]
    [InlineData("@%p1 call.uni Other;", "a call")]
    [InlineData("cvt.rn.f64.u32 %fd1, %r1;", "float64")]
    [InlineData(".local .align 4 .b8 stack[256];", "local memory")]
    public void A_line_that_must_not_be_is_found(string line, string rule)
    {
        Finding finding = Assert.Single(PtxText.Check("kernel", "sm_90", Text(line)));
        Assert.StartsWith(rule, finding.Rule, StringComparison.Ordinal);
        Assert.Equal(line, finding.Evidence);
    }

    [Theory]
    [InlineData("mul.rn.f32 %f3, %f1, %f2;")]
    [InlineData("mul.wide.u32 %rd3, %r1, %r2;")]
    [InlineData("rem.s32 %r3, %r1, 1024;")]
    [InlineData("fma.rn.f32 %f3, %f1, %f2, %f3;")]
    [InlineData("atom.global.add.u32 %r1, [%rd1], 1;")]
    [InlineData("max.NaN.f32 %f3, %f1, %f2;")]
    [InlineData("mov.b32 %r1, 1; // div.rn.f32 was here")]
    public void A_good_line_is_left_alone(string line) => Assert.Empty(PtxText.Check("kernel", "sm_90", Text(line)));

    [Fact]
    public void The_body_of_an_intrinsic_that_is_never_called_does_not_count()
    {
        const string Leftover = ".visible .func Mul(.param .f32 a)\n{\n mul.f32 %f3, %f1, %f2;\n ret;\n}\n";
        Assert.Empty(PtxText.Check("kernel", "sm_90", Leftover + Text("ret;")));
    }

    [Fact]
    public void A_text_without_an_entry_point_is_no_kernel() =>
        Assert.Equal("no entry point", Assert.Single(PtxText.Check("kernel", "sm_90", ".version 7.8")).Rule);

    private static string Text(string line) => $".version 7.8\n.visible .entry Kernel_Test()\n{{\n{line}\n}}\n";

    private static IEnumerable<Finding> Findings(string kernel) =>
        PtxText.Check(kernel, "sm_90", BadKernels.Compiler.Ptx(BadKernels.Named(kernel), CudaArchitecture.SM_90));
}

namespace SoftBoN.CheckPtx.Tests;

/// <summary>What must not be in OpenCL C is found, in what ILGPU makes of a kernel and in text made by hand.</summary>
public sealed class OpenClTextTests
{
    [Theory]
    [InlineData(nameof(BadKernels.Divides), "a division")]
    [InlineData(nameof(BadKernels.DividesIntegers), "a division")]
    [InlineData(nameof(BadKernels.Contracts), "a float product")]
    [InlineData(nameof(BadKernels.FencesGlobalMemoryOnly), "a barrier that does not fence shared memory")]
    public void A_kernel_that_must_not_be_is_found(string kernel, string rule) =>
        Assert.Contains(Findings(kernel), finding => finding.Rule.StartsWith(rule, StringComparison.Ordinal));

    [Fact]
    public void A_good_kernel_has_no_findings() => Assert.Empty(Findings(nameof(BadKernels.Good)));

    [Theory]
    [InlineData("var3 = (float)((float) var1 *  (float)var2);", "a float product")]
    [InlineData("var3 = (float)((float) 2.0f *  (float)var2);", "a float product")]
    [InlineData("var3 = (float)((float) var1 /  (float)var2);", "a division")]
    [InlineData("var3 = (int)((int) var1 %  (int)var2);", "a division")]
    [InlineData("double var3;", "float64")]
    [InlineData("atomic_fetch_add_explicit ( ( volatile global atomic_float * )var1, var2 );", "a float atomic")]
    [InlineData("var3 =  exp (var1);", "the function exp")]
    [InlineData("var3 =  native_recip (var1);", "the function native_recip")]
    [InlineData("work_group_barrier ( CLK_GLOBAL_MEM_FENCE );", "a barrier that does not fence")]
    public void A_line_that_must_not_be_is_found(string line, string rule) => Assert.Contains(
        OpenClText.Check("kernel", Text(line)), finding => finding.Rule.StartsWith(rule, StringComparison.Ordinal));

    [Theory]
    [InlineData("var3 = (int)((int) var1 *  (int)var2);")]
    [InlineData("var3 =  fma (var1, var2, -0.0f);")]
    [InlineData("var3 =  *  var2;")]
    [InlineData("var3 = (int)((int) var1 %  (int)1024);")]
    [InlineData("work_group_barrier ( CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE );")]
    public void A_good_line_is_left_alone(string line) => Assert.Empty(OpenClText.Check("kernel", Text(line)));

    [Fact]
    public void A_barrier_between_two_fences_is_left_alone()
    {
        const string Fence = "atomic_work_item_fence(CLK_LOCAL_MEM_FENCE);";
        const string Barrier = "work_group_barrier ( CLK_GLOBAL_MEM_FENCE );";
        Assert.Empty(OpenClText.Check("kernel", Text($"{Fence}\n{Barrier}\n{Fence}")));
        Assert.NotEmpty(OpenClText.Check("kernel", Text($"{Fence}\n{Barrier}\n;\n{Fence}")));
    }

    [Fact]
    public void A_function_counts_where_the_kernel_calls_it_and_only_there()
    {
        const string Function = "float Mul_1(\n\tfloat a)\n{\n\tx = (float)((float) a *  (float)a);\n\treturn x;\n}\n";
        Assert.Empty(OpenClText.Check("kernel", Function + Text("var3 = fma (var1, var2, var3);")));
        Assert.NotEmpty(OpenClText.Check("kernel", Function + Text("var3 =  Mul_1 (var1);")));
    }

    [Fact]
    public void A_text_without_a_kernel_is_none() =>
        Assert.Equal("no entry point", Assert.Single(OpenClText.Check("kernel", "typedef int a;")).Rule);

    private static string Text(string line) => $"kernel void Kernel_Test(\n\tfloat var0)\n{{\n\t{line}\n}}\n";

    private static IEnumerable<Finding> Findings(string kernel) =>
        OpenClText.Check(kernel, BadKernels.Compiler.OpenClC(BadKernels.Named(kernel)));
}

using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>
/// Every kernel compiles without a device, to a text in which nothing can change a bit: no float64, no division and no
/// other function of the hardware, no product that may be contracted, no calls.
/// </summary>
public sealed partial class KernelTextTests
{
    /// <summary>The smallest and the largest kind of team; those between differ in the number of exchanges alone.</summary>
    public static TheoryData<string> Names =>
        [.. DevicePrograms.Kernels.Select(kernel => kernel.Name).Where(name => !Between().IsMatch(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kernel_has_no_operation_whose_bits_are_its_own(string name)
    {
        DeviceKernel kernel = DevicePrograms.Kernels.Single(kernel => kernel.Name == name);
        if (kernel.UsesShuffles || kernel.Name.StartsWith("RowOrder", StringComparison.Ordinal))
        {
            foreach (CudaArchitecture architecture in new[] { CudaArchitecture.SM_80, CudaArchitecture.SM_90 })
            {
                string ptx = Ptx(kernel, architecture);
                AssertNone(Entry().Match(ptx).Value, ForbiddenInPtx());
                Assert.Contains("ld.", ptx, StringComparison.Ordinal);
            }
        }

        if (!kernel.UsesShuffles)
        {
            AssertNone(OpenClC(kernel), ForbiddenInOpenCl());
        }
    }

    [Fact]
    public void Kernels_have_names_of_their_own() =>
        Assert.Equal(DevicePrograms.Kernels.Count, DevicePrograms.Kernels.Select(kernel => kernel.Name).Distinct().Count());

    [Theory]
    [InlineData("	div.rn.f32	%f1, %f2, %f3;")]
    [InlineData("	mul.f32	%f1, %f2, %f3;")]
    [InlineData("	ld.local.f32	%f1, [%rd1];")]
    [InlineData("	cvt.f64.f32	%fd1, %f1;")]
    public void Such_operations_are_found(string line) => Assert.Matches(ForbiddenInPtx(), line);

    private static void AssertNone(string text, Regex forbidden)
    {
        Assert.NotEmpty(text);
        string? line = text.Split('\n').FirstOrDefault(line => forbidden.IsMatch(line));
        Assert.True(line == null, $"'{line?.Trim()}' is not allowed in a kernel.");
    }

    private static string Ptx(DeviceKernel kernel, CudaArchitecture architecture)
    {
        using Context context = NewContext();
        using var backend = new PTXBackend(context, architecture, CudaInstructionSet.ISA_78, null!);
        return ((PTXCompiledKernel)Compile(backend, kernel)).PTXAssembly;
    }

    private static string OpenClC(DeviceKernel kernel)
    {
        var capabilities = new CLCapabilityContext(
            float16: false, float64: false, genericAddressSpace: true, int64_Atomics: true, subGroups: false);
        using Context context = NewContext();
        using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
        return ((CLCompiledKernel)Compile(backend, kernel)).Source;
    }

    private static CompiledKernel Compile(Backend backend, DeviceKernel kernel) => backend.Compile(
        EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method),
        new KernelSpecialization(kernel.GroupSize, null));

    /// <summary>A context for one kernel: after one that fails, ILGPU fails all later ones of the same context.</summary>
    private static Context NewContext()
    {
        Context context = Context.Create(DevicePrograms.Configure);
        DevicePrograms.Register(context);
        return context;
    }

    [GeneratedRegex(@"\.(Sixteen|Warp)\.")]
    private static partial Regex Between();

    /// <summary>The kernel itself: bodies of registered intrinsics stand beside it and are never called.</summary>
    [GeneratedRegex(@"\.entry.*", RegexOptions.Singleline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\.f64\b|\.local\b|\bcall\b|\b(div|rem|rcp|sqrt|rsqrt|ex2|lg2)\.|\.approx|\.ftz|\b(mul|mad)\.f32|\b(atom|red)\..*\.f32")]
    private static partial Regex ForbiddenInPtx();

    [GeneratedRegex(@"\bdouble\b|\*\s+\(float\)|/\s+\(float\)|\b(exp|log|exp2|log2|sqrt|pow)\s*\(|atomic_float")]
    private static partial Regex ForbiddenInOpenCl();
}

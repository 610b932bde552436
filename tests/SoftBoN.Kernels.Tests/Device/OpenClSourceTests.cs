using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>A driver that keeps compiled kernels by their text finds them again.</summary>
public sealed class OpenClSourceTests
{
    [Theory]
    [InlineData("RowGuard")]
    [InlineData("Weights.One")]
    public void A_kernel_has_the_same_text_whatever_was_compiled_before(string name)
    {
        string alone = TextOfLast(name);
        string after = TextOfLast("RowOrder.Count", "RowOrder.Scatter", name);

        Assert.Equal(alone, after);
        Assert.Contains("type_0", alone, StringComparison.Ordinal);
    }

    private static string TextOfLast(params string[] kernels)
    {
        using Context context = Context.Create(DevicePrograms.Configure);
        DevicePrograms.Register(context);
        var capabilities = new CLCapabilityContext(
            float16: false, float64: false, genericAddressSpace: true, int64_Atomics: true, subGroups: false);
        using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
        string text = "";
        foreach (string name in kernels)
        {
            DeviceKernel kernel = DevicePrograms.Kernels.Single(one => one.Name == name);
            var compiled = (CLCompiledKernel)backend.Compile(
                EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), new KernelSpecialization(1, null));
            string before = compiled.Source;
            OpenClSource.Normalize(compiled);
            Assert.NotEqual(before, compiled.Source);
            text = compiled.Source;
        }

        return text;
    }
}

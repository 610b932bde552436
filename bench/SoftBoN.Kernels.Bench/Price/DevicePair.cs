using ILGPU;
using ILGPU.Runtime;
using SoftBoN.Kernels.Bench.Devices;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>A function of every element on a device, ours and ILGPU's.</summary>
/// <typeparam name="T">The inputs.</typeparam>
internal sealed class DevicePair<T> : PairCase
    where T : unmanaged
{
    private readonly Func<T, double> exact;
    private readonly KernelDevice device;
    private readonly T[] inputs;
    private readonly MemoryBuffer1D<T, Stride1D.Dense> x;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> results;

    public DevicePair(
        SoftBonBackend backend,
        Shape shape,
        (string Name, Action<Index1D, ArrayView<T>, ArrayView<float>> Kernel)[] kernels,
        Func<long, T> input,
        Func<T, double> exact)
        : base(shape, 2 * sizeof(float), onDevice: true)
    {
        this.exact = exact;
        device = Own(new KernelDevice(backend, device: 0));
        inputs = [.. Enumerable.Range(0, (int)shape.Elements).Select(i => input(i))];
        x = device.Accelerator.Allocate1D(inputs);
        results = device.Accelerator.Allocate1D<float>(shape.Elements);
        foreach ((string name, Action<Index1D, ArrayView<T>, ArrayView<float>> kernel) in kernels)
        {
            var launch = device.Accelerator.LoadAutoGroupedKernel(kernel);
            Add(name, () =>
            {
                launch(device.Stream, (int)shape.Elements, x.View, results.View);
                device.Stream.Synchronize();
            });
        }
    }

    public override void Check()
    {
        foreach (Contender contender in Contenders)
        {
            results.MemSetToZero();
            contender.Run();
            float[] found = results.GetAsArray1D();
            for (int i = 0; i < found.Length; i++)
            {
                Expect.Near(found[i], exact(inputs[i]), 1e-4, $"{contender.Name}: the value of {inputs[i]}");
            }
        }
    }
}

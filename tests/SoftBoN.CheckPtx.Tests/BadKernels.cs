using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.CheckPtx.Tests;

/// <summary>Kernels that do one forbidden thing each, and one that does none.</summary>
public static class BadKernels
{
    internal const int GroupSize = 128;

    /// <summary>Compiles them as they are: no intrinsics are registered.</summary>
    internal static OfflineCompiler Compiler { get; } =
        new(builder => builder.Optimize(OptimizationLevel.O2), _ => { });

    internal static DeviceKernel Named(string name) =>
        new(name, typeof(BadKernels).GetMethod(name)!, GroupSize, UsesShuffles: false);

    public static void Good(ArrayView<float> x, ArrayView<float> y, float s) =>
        y[Grid.GlobalIndex.X] = x[Grid.GlobalIndex.X] + s;

    public static void Divides(ArrayView<float> x, ArrayView<float> y, float s) =>
        y[Grid.GlobalIndex.X] = x[Grid.GlobalIndex.X] / s;

    public static void DividesIntegers(ArrayView<float> x, ArrayView<float> y, int s) =>
        y[Grid.GlobalIndex.X] = x[Grid.GlobalIndex.X % s];

    public static void UsesDoubles(ArrayView<float> x, ArrayView<float> y, float s) =>
        y[Grid.GlobalIndex.X] = (float)(x[Grid.GlobalIndex.X] + (double)s);

    public static void UsesExp(ArrayView<float> x, ArrayView<float> y, float s) =>
        y[Grid.GlobalIndex.X] = IntrinsicMath.CPUOnly.Exp2(x[Grid.GlobalIndex.X]) + s;

    public static void CallsOut(ArrayView<float> x, ArrayView<float> y, float s) =>
        y[Grid.GlobalIndex.X] = MathF.FusedMultiplyAdd(x[Grid.GlobalIndex.X], s, s);

    public static void AddsAtomically(ArrayView<float> x, ArrayView<float> y, float s) =>
        Atomic.Add(ref y[0], x[Grid.GlobalIndex.X] + s);

    public static void Contracts(ArrayView<float> x, ArrayView<float> y, float s) =>
        y[Grid.GlobalIndex.X] = (x[Grid.GlobalIndex.X] * s) + s;

    public static void KeepsAnArray(ArrayView<float> x, ArrayView<float> y, int s)
    {
        ArrayView<float> local = LocalMemory.Allocate<float>(64);
        for (int i = 0; i < 64; i++)
        {
            local[(i * s) & 63] = x[i];
        }

        y[Grid.GlobalIndex.X] = local[s & 63];
    }

    public static void FencesGlobalMemoryOnly(ArrayView<float> x, ArrayView<float> y, float s)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GroupSize);
        shared[Group.IdxX] = x[Grid.GlobalIndex.X] + s;
        Group.Barrier();
        y[Grid.GlobalIndex.X] = shared[GroupSize - 1 - Group.IdxX];
    }
}

using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Algorithms.ScanReduceOperations;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Bench.Price;

/// <summary>Kernels by ILGPU.Algorithms, whose functions and reductions are as fast as they come, and ours beside them.</summary>
internal static class LibraryKernels
{
    /// <summary>Threads that share a row.</summary>
    public const int GroupSize = 128;

    public static void OurExponential(Index1D i, ArrayView<float> x, ArrayView<float> results) =>
        results[i] = Exponential.Exp(x[i]);

    public static void LibraryExponential(Index1D i, ArrayView<float> x, ArrayView<float> results) =>
        results[i] = XMath.Exp(x[i]);

    public static void OurGumbel(Index1D i, ArrayView<uint> words, ArrayView<float> results) =>
        results[i] = Noise.Gumbel(words[i]);

    public static void LibraryGumbel(Index1D i, ArrayView<uint> words, ArrayView<float> results) =>
        results[i] = -XMath.Log(-XMath.Log(1f - Noise.Uniform(words[i])));

    /// <summary>lambda log mean exp(reward / lambda) of a row a group, reduced in any order.</summary>
    public static void LogMeanExp(ArrayView<float> rewards, ArrayView<float> results, int columns, float lambda)
    {
        long start = (long)Grid.IdxX * columns;
        float largest = float.NegativeInfinity;
        for (int i = Group.IdxX; i < columns; i += Group.DimX)
        {
            largest = XMath.Max(largest, rewards[start + i]);
        }

        largest = GroupExtensions.AllReduce<float, MaxFloat>(largest);
        float sum = 0f;
        for (int i = Group.IdxX; i < columns; i += Group.DimX)
        {
            sum += XMath.Exp((rewards[start + i] - largest) / lambda);
        }

        sum = GroupExtensions.Reduce<float, AddFloat>(sum);
        if (Group.IsFirstThread)
        {
            results[Grid.IdxX] = largest + (lambda * XMath.Log(sum / columns));
        }
    }
}

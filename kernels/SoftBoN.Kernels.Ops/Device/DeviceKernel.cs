using System.Reflection;

namespace SoftBoN.Kernels.Ops;

/// <summary>One compiled entry point, as tools that compile kernels without a device need it.</summary>
/// <param name="Name">A name that is unique among kernels.</param>
/// <param name="Method">The explicitly grouped entry point; a generic one is closed.</param>
/// <param name="GroupSize">The largest number of threads in a group.</param>
/// <param name="UsesShuffles">Whether it needs warps of 32 threads with shuffles: CUDA, not OpenCL.</param>
/// <param name="IsAlone">Whether each of its threads works alone: OpenCL on processors, nothing else.</param>
internal sealed record DeviceKernel(
    string Name, MethodInfo Method, int GroupSize, bool UsesShuffles, bool IsAlone = false);

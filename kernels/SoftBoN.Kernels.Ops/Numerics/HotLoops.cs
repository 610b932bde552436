using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>How loops over candidates are compiled.</summary>
internal static class HotLoops
{
    /// <summary>
    /// Fully at the first call, and never into the caller: a loop inlined into a large method competes with all of it for
    /// registers and for the compiler's patience, and has been seen to run four times slower.
    /// </summary>
    public const MethodImplOptions HotLoop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}

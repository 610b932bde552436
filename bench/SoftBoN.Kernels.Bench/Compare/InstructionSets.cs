using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SoftBoN.Kernels.Bench.Compare;

/// <summary>The instruction sets that decide the speed of vector code.</summary>
internal static class InstructionSets
{
    public static IReadOnlyList<string> Available()
    {
        (string Name, bool IsSupported)[] all =
        [
            ("SSE2", Sse2.IsSupported),
            ("AVX", Avx.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("FMA", Fma.IsSupported),
            ("AVX-512F", Avx512F.IsSupported),
            ("AVX-512DQ", Avx512DQ.IsSupported),
            ("AVX-512VBMI", Avx512Vbmi.IsSupported),
            ("AdvSimd", AdvSimd.IsSupported),
        ];
        return [.. all.Where(set => set.IsSupported).Select(set => set.Name)];
    }
}

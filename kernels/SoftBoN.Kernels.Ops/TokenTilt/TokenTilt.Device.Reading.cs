using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <content>How kernels read a parameter.</content>
internal partial struct KernelArg<T>
    where T : unmanaged
{
    public readonly T Of(long row) => IsPerRow != 0 ? Values[row] : Scalar;
}

/// <content>Noise.</content>
internal partial struct TokenKernelArgs
{
    /// <summary>The key of a row's noise.</summary>
    public readonly NoiseKey KeyOf(uint purpose, long row, int number) => NoiseKey.For(
        purpose, Seed.Of(row), IsPositionRow != 0 ? (ulong)(FirstRow + row) : Position.Of(row), number);
}

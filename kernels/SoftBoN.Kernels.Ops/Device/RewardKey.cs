using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Rewards as unsigned integers of the same order, what has no place in it at the end: the largest of them tells a row's
/// best reward and its status at once, and devices that flush subnormal floats find the same.
/// </summary>
internal static class RewardKey
{
    public const uint NaN = uint.MaxValue;
    public const uint PositiveInfinity = 0xff800000;
    public const uint NegativeInfinity = 0x007fffff;

    public const uint SignBit = 0x80000000;
    public const uint InfinityBits = 0x7f800000;

    /// <summary>The reward of a key below <see cref="PositiveInfinity"/>.</summary>
    public static float Value(uint key) => Bits.ToFloat(key >= SignBit ? key ^ SignBit : ~key);

    /// <summary>
    /// The key of an included reward in the direction that lambda prefers. NaN and +infinity, which end a row, keep their
    /// places whatever the direction.
    /// </summary>
    public static uint Of(float reward, bool isNegative)
    {
        uint bits = Bits.Of(reward);
        uint directed = isNegative ? bits ^ SignBit : bits;
        uint key = directed ^ ((uint)((int)directed >> 31) | SignBit);
        key = bits == InfinityBits ? PositiveInfinity : key;
        return (bits & ~SignBit) > InfinityBits ? NaN : key;
    }

    /// <summary>Whether a reward excludes its candidate.</summary>
    public static bool IsExcluded(float reward) => Bits.Of(reward) == (InfinityBits | SignBit);
}

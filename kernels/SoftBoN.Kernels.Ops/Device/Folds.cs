using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>An operation on words whose result does not depend on the order of many.</summary>
internal interface IFold
{
    static abstract uint Of(uint a, uint b);
}

internal readonly struct OrFold : IFold
{
    public static uint Of(uint a, uint b) => a | b;
}

internal readonly struct AddFold : IFold
{
    public static uint Of(uint a, uint b) => a + b;
}

internal readonly struct LargestFold : IFold
{
    public static uint Of(uint a, uint b) => a > b ? a : b;
}

internal readonly struct SmallestFold : IFold
{
    public static uint Of(uint a, uint b) => a < b ? a : b;
}

/// <summary>The larger of two floats, given as bits; neither is NaN.</summary>
internal readonly struct MaxFold : IFold
{
    public static uint Of(uint a, uint b) => Bits.ToFloat(a) > Bits.ToFloat(b) ? a : b;
}

using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <summary>
/// What the first two rounds make of a row's key alone, the counter's first word being the only one that changes.
/// </summary>
internal struct PhiloxHead
{
    public ulong Round1C2;
    public ulong Round2C0;
    public ulong Round2C2;
    public ulong Round2C3;

    /// <summary>
    /// Makes it that of a key, field by field: a structure made elsewhere would be copied just after it was written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(in NoiseKey key)
    {
        uint k0 = key.SeedLow;
        uint k1 = key.SeedHigh;
        ulong p1 = Arith.MulWide(Philox4x32.M1, key.PositionLow);
        uint c0 = (uint)(p1 >> 32) ^ key.Draw ^ k0;
        ulong p0 = Arith.MulWide(Philox4x32.M0, c0);
        Round1C2 = key.PositionHigh ^ k1;
        Round2C0 = (uint)p1 ^ (k0 + Philox4x32.W0);
        Round2C2 = (uint)(p0 >> 32) ^ (k1 + Philox4x32.W1);
        Round2C3 = (uint)p0;
    }
}

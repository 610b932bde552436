using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>All 65,536 patterns of both 16-bit formats.</summary>
public sealed class NarrowFloatTests
{
    private static readonly ushort[] AllPatterns = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];

    [Fact]
    public void Halves_are_those_of_the_runtime() => Assert.All(AllPatterns, pattern =>
        AssertSame((float)BitConverter.UInt16BitsToHalf(pattern), NarrowFloats.FromHalf(pattern), pattern));

    [Fact]
    public void Bfloat16s_are_the_upper_halves_of_floats() => Assert.All(AllPatterns, pattern =>
        AssertSame(BitConverter.Int32BitsToSingle(pattern << 16), NarrowFloats.FromBFloat16(pattern), pattern));

    [Fact]
    public void Vectors_return_the_bits_of_scalars()
    {
        for (int i = 0; i < AllPatterns.Length; i += Vector<uint>.Count)
        {
            Vector<uint> patterns = Vector.CreateSequence((uint)i, 1u);
            Vector<int> extended = (patterns << 16).As<uint, int>() >> 16;
            Vector<float> halves = NarrowFloats.FromHalf(extended);
            Vector<float> bfloats = NarrowFloats.FromBFloat16(extended);
            for (int lane = 0; lane < Vector<uint>.Count; lane++)
            {
                uint pattern = patterns[lane];
                Assert.Equal(Bits.Of(NarrowFloats.FromHalf(pattern)), Bits.Of(halves[lane]));
                Assert.Equal(Bits.Of(NarrowFloats.FromBFloat16(pattern)), Bits.Of(bfloats[lane]));
            }
        }
    }

    private static void AssertSame(float expected, float actual, int pattern) => Assert.True(
        float.IsNaN(expected) ? float.IsNaN(actual) : Bits.Of(expected) == Bits.Of(actual),
        $"{pattern:x4}: expected {expected:R}, got {actual:R}");
}

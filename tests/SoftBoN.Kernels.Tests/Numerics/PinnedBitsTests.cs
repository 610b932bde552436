using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>
/// The bits of a million results of each function, as a hash. Error bounds hardly notice a changed coefficient; users
/// who compare runs of two versions do. A change here changes the contract of docs/numerics.md: say so in the release.
/// </summary>
public sealed class PinnedBitsTests
{
    [Fact]
    public void Exp() => Assert.Equal(0x4d174488d5a843bdul, Hash(AtMostZero().Select(Exponential.Exp)));

    [Fact]
    public void Exp2() => Assert.Equal(0xb833009682fb0cc8ul, Hash(AtMostZero().Select(Exponential.Exp2)));

    [Fact]
    public void Expm1() => Assert.Equal(0x6ede36ec8b74735ful, Hash(AtMostZero().Select(Exponential.Expm1)));

    [Fact]
    public void Log() => Assert.Equal(0x352685d4bbfa45c8ul, Hash(Positive().Select(Logarithm.Log)));

    [Fact]
    public void Log1p() =>
        Assert.Equal(0x9d216ac55f03badful, Hash(Floats.Sample().Where(x => x > -1).Select(Logarithm.Log1p)));

    [Fact]
    public void Uniform() => Assert.Equal(0x1086d34dde8a3175ul, Hash(Words().Select(Noise.Uniform)));

    [Fact]
    public void Gumbel() => Assert.Equal(0xd0db8ac87d40797aul, Hash(Words().Select(Noise.Gumbel)));

    [Fact]
    public void Exponential_noise() => Assert.Equal(0xbc55fde10fd5ef92ul, Hash(Words().Select(Noise.Exponential)));

    private static IEnumerable<float> AtMostZero() => Floats.Sample().Where(x => x <= 0);

    private static IEnumerable<float> Positive() => Floats.Sample().Where(x => x > 0);

    private static IEnumerable<uint> Words() => Floats.Sample().Select(Floats.BitsOf);

    /// <summary>FNV-1a over the results' bits, 32 bits at a time.</summary>
    private static ulong Hash(IEnumerable<float> results)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (float result in results)
        {
            hash = (hash ^ Floats.BitsOf(result)) * 0x100000001b3;
        }

        return hash;
    }
}

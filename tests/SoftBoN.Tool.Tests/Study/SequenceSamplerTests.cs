using SoftBoN.Tool.Study.Sequence;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Tests.Study;

/// <summary>Sequences that kernels sample follow the exact law, the same ones on every backend.</summary>
public class SequenceSamplerTests
{
    private const int Sequences = 20_000;
    private const ulong Seed = 5;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(8, 0)]
    public void They_follow_the_exact_law(int block, int myopic)
    {
        ExactChain exact = Chain();
        var rule = new BlockRule(block, 4, (Guidance)myopic);
        using var engine = SoftBonEngine.CreateHost();
        long[] counts = new SequenceSampler(engine, exact, Seed).Totals(8, rule, Sequences);
        var test = ChiSquareTest.Of(counts, exact.Totals(8, rule));
        Assert.Equal(Sequences, counts.Sum());
        Assert.True(test.Freedom > 2, $"{test}");

        // Beyond 3.7 once in ten thousand seeds, and this seed is fixed.
        Assert.True(Math.Abs(test.Normal) < 3.7, $"{test}");

        // The test has power: the same counts are far from the law with one candidate more.
        var other = ChiSquareTest.Of(counts, exact.Totals(8, rule with { Candidates = 5 }));
        Assert.True(other.Normal > 3.7, $"{other}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void They_are_the_same_on_every_backend(int block)
    {
        var rule = new BlockRule(block, 4);
        long[] Counts(SoftBonBackend backend)
        {
            using var engine = SoftBonEngine.CreateHost(new() { Backend = backend });
            return new SequenceSampler(engine, Chain(), Seed).Totals(6, rule, 500);
        }

        Assert.Equal(Counts(SoftBonBackend.Reference), Counts(SoftBonBackend.Simd));
    }

    private static ExactChain Chain() => new(
        CharacterChain.Of("the ropes knock against the masts all night and the tide comes in", 1, "aeiou", "it"), 0.5);
}

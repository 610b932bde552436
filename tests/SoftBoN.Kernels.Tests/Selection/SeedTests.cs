namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>Neighbouring seeds, positions, draws and elements share nothing.</summary>
public sealed class SeedTests
{
    private const int Pairs = 200_000;

    /// <summary>Eight candidates alike: a pick is uniform on 8, a pair of independent picks uniform on 64.</summary>
    private static readonly Batch Alike = Batch.Strided(new float[8], Pairs, 8, rowStride: 0);

    private static readonly double[] Uniform = [.. Enumerable.Repeat(1 / 64.0, 64)];

    private static readonly ulong[] Counting = [.. Enumerable.Range(0, Pairs).Select(i => (ulong)i)];

    public static TheoryData<ulong> Steps => [1, 2, 1ul << 31, 1ul << 32, 1ul << 63, ulong.MaxValue];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Neighbouring_seeds(ulong step) => AssertIndependent(
        Picks(Counting, [0]), Picks(Array.ConvertAll(Counting, seed => unchecked(seed + step)), [0]));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Neighbouring_positions(ulong step) => AssertIndependent(
        Picks([5], Counting), Picks([5], Array.ConvertAll(Counting, position => unchecked(position + step))));

    [Fact]
    public void Seed_and_position_exchanged() => AssertIndependent(
        Picks(Array.ConvertAll(Counting, i => i + 1_000_000), Counting),
        Picks(Counting, Array.ConvertAll(Counting, i => i + 1_000_000)));

    [Fact]
    public void Consecutive_draws()
    {
        int[] index = SelectionResult.Of(
            Engines.Simd,
            Batch.Of(new float[8]),
            new Pick(Temperature.Given(1)) { Draws = 2 * Pairs },
            SelectionWanted.Index).Index;

        AssertIndependent(
            [.. index.Where((_, draw) => draw % 2 == 0)], [.. index.Where((_, draw) => draw % 2 == 1)]);
    }

    [Fact]
    public void The_same_seed_and_position_share_their_noise()
    {
        int[] index = SelectionResult.Of(
            Engines.Simd2, Alike, new Pick(Temperature.Given(1)) { Positions = [3] }, SelectionWanted.Index).Index;

        Assert.Single(index.Distinct());
    }

    private static int[] Picks(ulong[] seeds, ulong[] positions) => SelectionResult.Of(
        Engines.Simd2,
        Alike,
        new Pick(Temperature.Given(1)) { Seeds = seeds, Positions = positions },
        SelectionWanted.Index).Index;

    private static void AssertIndependent(int[] first, int[] second) =>
        ChiSquare.AssertFits(ChiSquare.Count([.. first.Zip(second, (a, b) => (8 * a) + b)], 64), Uniform);
}

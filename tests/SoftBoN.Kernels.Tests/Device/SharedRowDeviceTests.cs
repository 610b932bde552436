using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>Rows that several teams share have the bits of the scalar loops.</summary>
[Collection(DeviceTests.Name)]
public sealed class SharedRowDeviceTests(SharingDevices devices) : IClassFixture<SharingDevices>
{
    [Theory]
    [InlineData(1, 1 << 16, 6)]
    [InlineData(1, (1 << 16) - 1, 0)]
    [InlineData(33, 1 << 20, 3)]
    [InlineData(132, 1 << 20, 1)]
    [InlineData(133, 1 << 20, 0)]
    [InlineData(1, 1 << 30, 8)]
    public void Rows_are_shared_where_they_are_long_and_few(long rows, int longest, int bits) =>
        Assert.Equal(bits, new RowSplit(Shortest: 1 << 16, Teams: 264, Segments: 1).PartBits(rows, longest));

    /// <summary>A team has at least one turn of its warps.</summary>
    [Fact]
    public void Teams_are_no_more_than_have_work() =>
        Assert.Equal(3, new RowSplit(Shortest: 1 << 16, Teams: 264, Segments: 8).PartBits(1, 1 << 16));

    [Fact]
    public void Weights_of_one_long_row()
    {
        devices.AssertWeights(
            new RandomRewards(851).Rows([2050], Mood.SomeExcluded), Temperature.Given(0.3f), Temperature.Signed(-1e6f));
        devices.AssertWeights(new RandomRewards(852).Rows([2050], Mood.WithNaN), Temperature.Given(0.3f));
    }

    [Fact]
    public void Weights_and_picks_at_budgets()
    {
        Batch batch = new RandomRewards(853).Rows([2049], Mood.Normal);
        devices.AssertWeights(batch, Temperature.Kl(0.7f));
        devices.AssertPicks(batch, new Pick(Temperature.Ess(3)));
    }

    /// <summary>Rows that end before the first segment does, and rows of many: some teams have nothing of theirs.</summary>
    [Fact]
    public void Mixed_lengths()
    {
        Batch batch = new RandomRewards(854).Rows([1, 3073, 31], Mood.Normal);
        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(i => (i % 3) - 1)];
        devices.AssertMajorities(batch, answers, Temperature.Given(0.4f));
        devices.AssertPicks(batch, new Pick(Temperature.Given(0.4f)) { Draws = 2 });
    }

    /// <summary>Enough rows to be brought into order, of which a few are long: one kind of device has to do.</summary>
    [Fact]
    public void Long_rows_among_many()
    {
        int[] lengths = [.. Enumerable.Range(1, 33).Select(row => row % 13 == 0 ? 2100 + row : 5)];
        Batch batch = new RandomRewards(855).Rows(lengths, Mood.SomeExcluded);
        var pick = new Pick(Temperature.Given(0.6f));
        SelectionWanted wanted = SelectionWanted.Index | SelectionWanted.Status;
        SelectionResult.AssertSame(
            SelectionResult.Of(Engines.Reference, batch, pick),
            devices.All[0].Device.Select(batch, pick, wanted),
            devices.All[0].Name);
    }

    [Theory]
    [InlineData(SelectionNoise.Gumbel)]
    [InlineData(SelectionNoise.UniformRace)]
    public void Picks_with_offsets_and_probabilities(SelectionNoise noise)
    {
        Batch batch = new RandomRewards(856).Rows([2051], Mood.Ties);
        var pick = new Pick(Temperature.Given(0.2f)) { Noise = noise };
        float[] offsets = new RandomRewards(857).Row(batch.Packed, Mood.SomeExcluded);
        devices.AssertPicks(batch, pick with { Offsets = offsets });
        offsets[2049] = float.NaN;
        devices.AssertPicks(batch, pick with { Offsets = offsets });
    }

    /// <summary>What shared rows leave to one team.</summary>
    [Fact]
    public void Distinct_draws() => devices.AssertPicks(
        new RandomRewards(858).Rows([2050], Mood.Normal),
        new Pick(Temperature.Given(0.5f)) { Draws = 2, Distinct = true });

    [Fact]
    public void Rows_with_gaps_and_unaligned_rows()
    {
        float[] memory = new RandomRewards(859).Row(5000, Mood.Normal);
        devices.AssertPicks(Batch.Strided(memory, 2, 2050, 1, 2), new Pick(Temperature.Given(0.5f)));
        devices.AssertWeights(Batch.Mapped(memory, [2101, 3], [2049, 9]), Temperature.Given(0.5f));
    }
}

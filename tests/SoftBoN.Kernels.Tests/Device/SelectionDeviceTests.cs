namespace SoftBoN.Kernels.Tests.Device;

/// <summary>Selection by device kernels has the bits of the scalar loops.</summary>
[Collection(DeviceTests.Name)]
public sealed class SelectionDeviceTests(Devices devices)
{
    private static readonly SelectionNoise[] Noises = Enum.GetValues<SelectionNoise>();

    [Fact]
    public void Rows_of_every_kind_of_team_and_all_moods()
    {
        Batch batch = new RandomRewards(811).Rows([1, 50, 130], RandomRewards.Moods);
        devices.AssertPicks(batch, new Pick(Temperature.Given(0.3f)), new Pick(Temperature.Given(0)));
        Batch shorter = new RandomRewards(812).Rows([3, 32], RandomRewards.Moods);
        devices.AssertPicks(
            shorter, [.. Noises.Select(noise => new Pick(Temperature.Given(0.7f)) { Noise = noise, Draws = 2 })]);
    }

    [Fact]
    public void All_lambdas_and_budgets()
    {
        Batch batch = new RandomRewards(813).Rows([7], RandomRewards.Moods);
        devices.AssertPicks(batch, [.. Temperatures.Given.Select(lambda => new Pick(lambda))]);
        devices.AssertPicks(batch, new Pick(Temperature.Kl(0.5f)), new Pick(Temperature.Ess(3)));
    }

    [Fact]
    public void Offsets_of_all_moods()
    {
        Batch batch = new RandomRewards(814).Rows([3, 40], Mood.Normal, Mood.SomeExcluded, Mood.Ties);
        var random = new RandomRewards(815);
        foreach (Mood mood in RandomRewards.Moods)
        {
            float[] offsets = random.Row(batch.Packed, mood);
            foreach (float lambda in new[] { 0, 0.5f, float.PositiveInfinity })
            {
                devices.AssertPicks(batch, new Pick(Temperature.Given(lambda)) { Offsets = offsets });
            }
        }
    }

    [Fact]
    public void Elements_in_order_out_of_order_and_twice()
    {
        Batch batch = new RandomRewards(816).Rows([2, 9, 140], Mood.Normal, Mood.Ties, Mood.AllExcluded);
        devices.AssertPicks(batch, ElementPicks(batch, 817));
    }

    [Fact]
    public void Elements_of_rows_of_several_segments()
    {
        Batch batch = new RandomRewards(818).Rows([1025, 2050], Mood.Normal);
        devices.AssertPicks(batch, ElementPicks(batch, 819));
    }

    [Fact]
    public void Distinct_draws()
    {
        Batch batch = new RandomRewards(820).Rows([4, 40], Mood.Normal, Mood.Ties, Mood.Huge, Mood.AllExcluded);
        foreach (float lambda in new[] { 0, 0.3f, float.PositiveInfinity })
        {
            devices.AssertPicks(batch, new Pick(Temperature.Given(lambda)) { Draws = 7, Distinct = true });
        }

        float[] offsets = new RandomRewards(821).Row(batch.Packed, Mood.SomeExcluded);
        devices.AssertPicks(
            batch, new Pick(Temperature.Signed(-0.3f)) { Draws = 5, Distinct = true, Offsets = offsets });
    }

    [Fact]
    public void All_candidates_of_a_row_drawn_one_after_the_other() => devices.AssertPicks(
        new RandomRewards(822).Rows([40], Mood.Normal),
        new Pick(Temperature.Given(0.5f)) { Draws = 42, Distinct = true });

    [Fact]
    public void Rows_of_several_segments()
    {
        Batch batch = new RandomRewards(823).Rows([1024, 1025, 4100], Mood.SomeExcluded);
        devices.AssertPicks(
            batch,
            new Pick(Temperature.Given(0.3f)) { Draws = 2 },
            new Pick(Temperature.Given(0.3f)) { Draws = 3, Distinct = true },
            new Pick(Temperature.Given(0)) { Noise = SelectionNoise.None });
    }

    [Fact]
    public void Seeds_and_positions_of_each_row()
    {
        var random = new RandomRewards(824);
        Batch batch = random.Rows(Enumerable.Repeat(9, 12), Mood.Normal);
        ulong[] seeds = [.. Enumerable.Range(0, 12).Select(_ => random.NextWord())];
        ulong[] positions = [.. Enumerable.Range(0, 12).Select(_ => random.NextWord())];
        devices.AssertPicks(
            batch,
            new Pick(Temperature.Given(1)) { Seeds = seeds },
            new Pick(Temperature.Given(1)) { Seeds = [77], Positions = positions },
            new Pick(Temperature.Given(1)) { Seeds = seeds, Positions = [ulong.MaxValue] });
    }

    [Fact]
    public void Every_layout()
    {
        foreach (int columns in new[] { 4, 12, 33 })
        {
            foreach (Batch batch in Layouts.All(825, 9, columns))
            {
                float[] offsets = new RandomRewards(826).Row(Math.Max(1, batch.Packed))[..batch.Packed];
                devices.AssertPicks(
                    batch, new Pick(Temperature.Given(0.5f)), new Pick(Temperature.Given(0.5f)) { Offsets = offsets });
            }
        }
    }

    [Fact]
    public void Outputs_one_at_a_time()
    {
        Batch batch = new RandomRewards(827).Rows([9, 40], Mood.Normal, Mood.SomeExcluded);
        var pick = new Pick(Temperature.Given(0.8f));
        SelectionResult expected = SelectionResult.Of(Engines.Reference, batch, pick);
        foreach (SelectionWanted wanted in Enum.GetValues<SelectionWanted>())
        {
            foreach ((string name, TestDevice device) in devices.All)
            {
                SelectionResult.AssertSame(expected, device.Select(batch, pick, wanted), $"{name}, {wanted} alone");
            }
        }
    }

    private static Pick[] ElementPicks(Batch batch, ulong seed)
    {
        var random = new RandomRewards(seed);
        uint[] ascending = [.. Enumerable.Range(0, batch.Packed).Select(i => (3 * (uint)i) + 1)];
        uint[] shuffled = random.Shuffled(ascending);
        uint[] twice = [.. shuffled];
        int[] starts = batch.PackedStarts();
        twice[starts[^1] - 1] = twice[starts[^2]];
        return
        [
            new Pick(Temperature.Given(0.4f)) { Elements = ascending },
            new Pick(Temperature.Given(0.4f)) { Elements = shuffled, Noise = SelectionNoise.UniformRace },
            new Pick(Temperature.Given(0)) { Elements = shuffled, Noise = SelectionNoise.None },
            new Pick(Temperature.Given(0.4f)) { Elements = twice },
        ];
    }
}

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>Soft weights by device kernels have the bits of the scalar loops.</summary>
[Collection(DeviceTests.Name)]
public sealed class SoftWeightsDeviceTests(Devices devices)
{
    [Fact]
    public void Rows_of_every_kind_of_team_and_all_moods()
    {
        Batch batch = new RandomRewards(801).Rows([1, 50, 130], RandomRewards.Moods);
        devices.AssertWeights(batch, Temperature.Given(0.3f), Temperature.Given(0), Temperature.Signed(-1));
        devices.AssertWeights(
            new RandomRewards(802).Rows([3, 32], RandomRewards.Moods),
            Temperature.Given(1e-3f), Temperature.Given(1e30f), Temperature.Given(float.PositiveInfinity));
    }

    [Fact]
    public void All_lambdas()
    {
        Batch batch = new RandomRewards(803).Rows([7], RandomRewards.Moods);
        devices.AssertWeights(batch, Temperatures.Given);
        devices.AssertWeights(batch, Temperature.PerRow(
            0, 1, float.NaN, -1, 1e-30f, 2, float.PositiveInfinity, -0f, 1e37f, 1e-39f, 0.1f, 5, 6, float.NaN));
    }

    [Fact]
    public void Budgets()
    {
        Batch batch = new RandomRewards(804).Rows([6], Mood.Normal, Mood.Ties, Mood.WithNaN, Mood.SomeExcluded);
        devices.AssertWeights(batch, Temperatures.Budgets);
        devices.AssertWeights(
            batch, new Temperature(Ops.LambdaKind.TargetEss, true, 2, float.NaN, 0.5f, 3));
    }

    [Fact]
    public void Rows_of_several_segments()
    {
        Batch batch = new RandomRewards(805).Rows([1023, 1024, 1025, 4100], Mood.SomeExcluded);
        devices.AssertWeights(batch, Temperature.Given(0.3f), Temperature.Given(50), Temperature.Signed(-0.2f));
    }

    [Fact]
    public void A_budget_of_a_row_of_several_segments() => devices.AssertWeights(
        new RandomRewards(806).Rows([1100], Mood.Normal), Temperature.Kl(2), Temperature.Ess(20));

    [Fact]
    public void Every_layout()
    {
        foreach (int columns in new[] { 4, 12, 33 })
        {
            foreach (Batch batch in Layouts.All(807, 9, columns))
            {
                devices.AssertWeights(batch, Temperature.Given(0.5f));
            }
        }
    }

    [Fact]
    public void Many_rows_of_mixed_lengths()
    {
        var random = new RandomRewards(808);
        Batch batch = random.Rows(Enumerable.Range(0, 1200).Select(_ => 1 + random.NextInt(70)), Mood.Normal);
        devices.AssertWeights(batch, Temperature.Given(0.5f));
        Batch longer = random.Rows([.. Enumerable.Range(1, 40), 1025, 3, 70], Mood.Normal);
        devices.AssertWeights(longer, Temperature.Given(0.5f));
    }

    [Fact]
    public void Outputs_one_at_a_time()
    {
        Batch batch = new RandomRewards(809).Rows([9, 40], Mood.Normal, Mood.SomeExcluded);
        Temperature lambda = Temperature.Given(0.8f);
        WeightsResult expected = WeightsResult.Of(Engines.Reference, batch, lambda);
        foreach (WeightsWanted wanted in Enum.GetValues<WeightsWanted>())
        {
            foreach ((string name, TestDevice device) in devices.All)
            {
                WeightsResult.AssertSame(expected, device.Weights(batch, lambda, wanted), $"{name}, {wanted} alone");
            }
        }
    }
}

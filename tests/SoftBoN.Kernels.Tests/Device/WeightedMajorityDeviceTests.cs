namespace SoftBoN.Kernels.Tests.Device;

/// <summary>Weighted majority by device kernels has the bits of the scalar loops.</summary>
[Collection(DeviceTests.Name)]
public sealed class WeightedMajorityDeviceTests(Devices devices)
{
    [Fact]
    public void Rows_of_all_moods()
    {
        var random = new RandomRewards(831);
        Batch batch = random.Rows([1, 50, 130], RandomRewards.Moods);
        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(_ => random.NextInt(6) - 1)];
        devices.AssertMajorities(
            batch, answers, Temperature.Given(0.5f), Temperature.Given(0), Temperature.Signed(-3));
        devices.AssertMajorities(
            batch, Enumerable.Repeat(-1, batch.Packed).ToArray(), Temperature.Given(float.PositiveInfinity));
    }

    [Fact]
    public void Rows_of_several_segments()
    {
        var random = new RandomRewards(832);
        Batch batch = random.Rows([1024, 2500], Mood.SomeExcluded);
        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(_ => random.NextInt(4) - 1)];
        devices.AssertMajorities(batch, answers, Temperature.Given(2));
    }

    [Fact]
    public void Short_rows_and_budgets()
    {
        var random = new RandomRewards(833);
        foreach (Batch batch in Layouts.All(834, 9, 12))
        {
            int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(_ => random.NextInt(9) - 2)];
            devices.AssertMajorities(batch, answers, Temperature.Given(0.5f), Temperature.Ess(2));
        }
    }
}

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Few long rows, at the sizes from which a device shares a row between its groups by itself.</summary>
public sealed class LongRowTests
{
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void One_row(SoftBonBackend backend)
    {
        int length = DeviceBackends.Scale(backend, full: 1_000_003, slow: 65_536);
        AssertSame(backend, new RandomRewards(551).Rows([length], Mood.SomeExcluded));
    }

    [Theory]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Mixed_lengths(SoftBonBackend backend)
    {
        AssertSame(backend, new RandomRewards(552).Rows([700_001, 17], Mood.Normal));
        AssertSame(backend, new RandomRewards(553).Rows([.. Enumerable.Repeat(40, 40), 100_000], Mood.Normal));
    }

    private static void AssertSame(SoftBonBackend backend, Batch batch)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        Temperature lambda = Temperature.Given(0.7f);
        var pick = new Pick(lambda);
        WeightsResult.AssertSame(
            WeightsResult.Of(Engines.Reference, batch, lambda), WeightsResult.Of(engine, batch, lambda), "weights");
        SelectionResult.AssertSame(
            SelectionResult.Of(Engines.Reference, batch, pick), SelectionResult.Of(engine, batch, pick), "picks");
    }
}

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>
/// One device of each kind for all tests of kernels, which take turns: compilation takes longer than they do. Those of the
/// machine are tried too; with SOFTBON_TEST_DEVICES=machine they alone, where the others were before.
/// </summary>
public sealed class Devices : IDisposable
{
    internal (string Name, TestDevice Device)[] All { get; } = [.. Simulated(), .. OfThisMachine()];

    public void Dispose()
    {
        foreach ((_, TestDevice device) in All)
        {
            device.Dispose();
        }
    }

    private static (string Name, TestDevice Device)[] Simulated() =>
        Environment.GetEnvironmentVariable("SOFTBON_TEST_DEVICES") == "machine"
            ? []
            :
            [
                ("shuffles", TestDevice.WithShuffles()),
                ("shared memory", TestDevice.WithSharedMemory()),
                ("alone", TestDevice.Alone()),
            ];

    private static IEnumerable<(string Name, TestDevice Device)> OfThisMachine() =>
        TestDevice.OfThisMachine().Select(device => (device.ToString(), device));

    internal void AssertWeights(Batch batch, params Temperature[] lambdas)
    {
        foreach (Temperature lambda in lambdas)
        {
            WeightsResult expected = WeightsResult.Of(Engines.Reference, batch, lambda);
            foreach ((string name, TestDevice device) in All)
            {
                WeightsResult.AssertSame(expected, device.Weights(batch, lambda), $"{name}, {lambda}");
                WeightsResult alone = device.Weights(batch, lambda, WeightsWanted.Weights | WeightsWanted.Status);
                WeightsResult.AssertSame(expected, alone, $"{name}, {lambda}, weights alone");
            }
        }
    }

    internal void AssertPicks(Batch batch, params Pick[] picks)
    {
        foreach (Pick pick in picks)
        {
            SelectionResult expected = SelectionResult.Of(Engines.Reference, batch, pick);
            foreach ((string name, TestDevice device) in All)
            {
                SelectionResult.AssertSame(expected, device.Select(batch, pick), $"{name}, {pick}");
                SelectionResult alone = device.Select(batch, pick, SelectionWanted.Index | SelectionWanted.Status);
                SelectionResult.AssertSame(expected, alone, $"{name}, {pick}, picks alone");
            }
        }
    }

    internal void AssertMajorities(Batch batch, int[] answers, params Temperature[] lambdas)
    {
        foreach (Temperature lambda in lambdas)
        {
            MajorityResult expected = MajorityResult.Of(Engines.Reference, batch, lambda, answers);
            foreach ((string name, TestDevice device) in All)
            {
                MajorityResult.AssertSame(expected, device.Majority(batch, lambda, answers), $"{name}, {lambda}");
            }
        }
    }
}

[CollectionDefinition(Name)]
public sealed class DeviceTests : ICollectionFixture<Devices>
{
    public const string Name = "Device";
}

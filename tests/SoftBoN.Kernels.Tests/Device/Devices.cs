using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Device;

/// <summary>
/// One device of each kind for all tests of kernels, which take turns: compilation takes longer than they do. Those of the
/// machine are tried too; with SOFTBON_TEST_DEVICES=machine they alone, where the others were before.
/// </summary>
public class Devices : IDisposable
{
    private readonly Lazy<(string Name, TestDevice Device)[]> all;

    /// <summary>The devices as they are.</summary>
    public Devices()
        : this(null)
    {
    }

    private protected Devices(RowSplit? split) => all = new(() => [.. Simulated(split), .. OfThisMachine(split)]);

    internal (string Name, TestDevice Device)[] All => all.Value;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        foreach ((_, TestDevice device) in All)
        {
            device.Dispose();
        }
    }

    private static (string Name, TestDevice Device)[] Simulated(RowSplit? split) =>
        Environment.GetEnvironmentVariable("SOFTBON_TEST_DEVICES") == "machine"
            ? []
            :
            [
                ("shuffles", TestDevice.WithShuffles(split)),
                ("shared memory", TestDevice.WithSharedMemory(split)),
                ("alone", TestDevice.Alone(split)),
            ];

    private static IEnumerable<(string Name, TestDevice Device)> OfThisMachine(RowSplit? split) =>
        TestDevice.OfThisMachine(split).Select(device => (device.ToString(), device));

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

/// <summary>
/// Devices that share rows of two segments or more between up to 16 teams, for tests that take seconds where the devices' own
/// sizes would take minutes.
/// </summary>
public sealed class SharingDevices : Devices
{
    /// <summary>Makes them.</summary>
    public SharingDevices()
        : base(new RowSplit(Shortest: 2048, Teams: 32, Segments: 1))
    {
    }
}

[CollectionDefinition(Name)]
public sealed class DeviceTests : ICollectionFixture<Devices>
{
    public const string Name = "Device";
}

using System.Runtime.InteropServices;
using SoftBoN.AttachCheck;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>
/// What the kit for machines with a GPU checks of attached calls, here on the fake driver: what it launches runs on the
/// processor, so that the kit's own program is known to be right.
/// </summary>
[Collection(FakeDriver.Collection)]
public sealed class KitTests : IDisposable
{
    private readonly KernelPlayer? player;
    private readonly CudaHost? host;
    private readonly SoftBonCuda? cuda;
    private readonly SoftBonEngine engine = SoftBonEngine.CreateHost(new SoftBonOptions());

    static KitTests() => NativeLibrary.SetDllImportResolver(
        typeof(KitTests).Assembly,
        (name, _, _) => name == "libcuda.so.1" ? NativeLibrary.Load(FakeDriver.Path) : 0);

    public KitTests()
    {
        if (FakeDriver.Obstacle == null)
        {
            FakeDriver.Reset(0);
            player = new KernelPlayer();
            host = new CudaHost();
            cuda = SoftBonCuda.Attach(
                host.Context, host.Stream, new() { Driver = FakeDriver.Path, Threads = KernelPlayer.Threads });
        }
    }

    public void Dispose()
    {
        cuda?.Dispose();
        host?.Dispose();
        player?.Dispose();
        engine.Dispose();
    }

    [FakeDriverFact]
    public void The_kit_finds_the_bits_of_the_processor()
    {
        Assert.Empty(Bits.Differences(host!, cuda!, engine, [(1, 8)], prompts: 1, dimension: 40));
        player!.Check();
    }

    /// <summary>A graph that was captured once draws anew whenever it is launched.</summary>
    [FakeDriverFact]
    public void The_kit_finds_every_replay_another_and_the_processors()
    {
        Assert.Empty(Replays.Differences(host!, cuda!, engine, count: 6, shape: (2, 60)));
        player!.Check();
        Assert.Equal(6, FakeDriver.Record.Count(line => line == "cuGraphLaunch"));
        Assert.Equal(3, FakeDriver.Launches.Length);
    }

    /// <summary>A comparison that cannot fail is none.</summary>
    [FakeDriverFact]
    public unsafe void The_kit_tells_when_nothing_ran()
    {
        FakeDriver.OnLaunch(null);
        Assert.NotEmpty(Replays.Differences(host!, cuda!, engine, count: 2, shape: (2, 60)));
    }
}

using Orleans.TestingHost;

namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Silos that die, end and are added while a call is under way.</summary>
public sealed class ComeAndGoTests : IDisposable
{
    private static readonly ClusterKernelsOptions Small = new() { PartBytes = 1 << 12 };

    private readonly SoftBonEngine local = SoftBonEngine.CreateHost();
    private readonly Batch batch = new(7, 2000);

    public void Dispose() => local.Dispose();

    [Fact]
    public async Task PartsOfASiloThatIsKilledAreDoneByOthers()
    {
        await using TestSilos silos = await TestSilos.Start(3);
        using ClusterKernels kernels = await silos.ConnectToAll(3, Small);
        InProcessSiloHandle victim = silos.Silos[1];
        var hasPart = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        silos.BeforePart = silo =>
        {
            if (silo != victim.Name)
            {
                return Task.CompletedTask;
            }

            hasPart.TrySetResult();
            return never.Task;
        };
        Task<byte[]> call = Task.Run(() => batch.Select(kernels.Engine, 0));
        await hasPart.Task.WaitAsync(TestSilos.Patience);
        Task kill = silos.Kill(victim);
        Assert.Equal(batch.Select(local, 0), await call.WaitAsync(TestSilos.Patience));
        never.SetResult();
        await kill;
        Assert.DoesNotContain(victim.Name, kernels.Silos.Select(silo => silo.Name));
    }

    [Fact]
    public async Task ASiloThatIsAddedGetsPartsOfTheCallThatIsUnderWay()
    {
        await using TestSilos silos = await TestSilos.Start(1);
        using ClusterKernels kernels = await silos.Connect(Small);
        string first = silos.Silos[0].Name;
        var added = new TaskCompletionSource();
        silos.BeforePart = silo =>
        {
            if (silo == first)
            {
                return added.Task;
            }

            added.TrySetResult();
            return Task.CompletedTask;
        };
        Task<byte[]> call = Task.Run(() => batch.SoftWeights(kernels.Engine, 0));
        await silos.Add();
        Assert.Equal(batch.SoftWeights(local, 0), await call.WaitAsync(TestSilos.Patience));
        Assert.Equal(2, silos.Parts.Count);
    }

    [Fact]
    public async Task PartsThatWaitAtASiloThatEndsAreDoneByOthers()
    {
        await using TestSilos silos = await TestSilos.Start(2, (_, options) => options.PartsAtOnce = 1);
        using ClusterKernels kernels = await silos.ConnectToAll(2, Small);
        InProcessSiloHandle ending = silos.Silos[1];
        var hasPart = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        silos.BeforePart = silo =>
        {
            if (silo != ending.Name)
            {
                return Task.CompletedTask;
            }

            hasPart.TrySetResult();
            return release.Task;
        };
        Task<byte[]> call = Task.Run(() => batch.Select(kernels.Engine, 1));
        await hasPart.Task.WaitAsync(TestSilos.Patience);
        Task stop = silos.Stop(ending);
        var engine = (SiloEngine)ending.ServiceProvider.GetService(typeof(SiloEngine))!;
        await Cancelled(engine.Stopping).WaitAsync(TestSilos.Patience);
        release.SetResult();
        await stop;
        Assert.Equal(batch.Select(local, 1), await call.WaitAsync(TestSilos.Patience));
    }

    [Fact]
    public async Task WithoutAnySiloACallFailsAndSaysForHowLongItLooked()
    {
        await using TestSilos silos = await TestSilos.Start(1);
        using ClusterKernels kernels = await silos.Connect(
            new ClusterKernelsOptions { PartBytes = 1 << 12, Patience = TimeSpan.FromMilliseconds(300) });
        await silos.Kill(silos.Silos[0]);
        var fault = await Assert.ThrowsAnyAsync<SiloUnavailableException>(
            () => Task.Run(() => batch.Select(kernels.Engine, 0)).WaitAsync(TestSilos.Patience));
        Assert.Contains("0.3 s", fault.Message, StringComparison.Ordinal);
    }

    private static Task Cancelled(CancellationToken token)
    {
        var done = new TaskCompletionSource();
        token.Register(done.SetResult);
        return done.Task;
    }
}

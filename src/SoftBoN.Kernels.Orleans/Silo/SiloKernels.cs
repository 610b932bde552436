namespace SoftBoN.Kernels.Orleans;

/// <summary>Makes the engine before the silo takes calls, and tells parts that wait when it ends.</summary>
internal sealed class SiloKernels(SiloEngine engine, SiloGateways gateways) : ILifecycleParticipant<ISiloLifecycle>
{
    private Task looking = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(SiloKernels), ServiceLifecycleStage.Active, Start, Stop);

    private Task Start(CancellationToken cancellationToken)
    {
        looking = Task.Run(() => gateways.Run(engine.Stopping), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        engine.Stop();
        await looking.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

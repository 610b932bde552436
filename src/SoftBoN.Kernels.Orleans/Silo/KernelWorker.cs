using Orleans.Concurrency;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// What silos do for clients. A key is a way into the cluster: calls of one key enter at one gateway, and are worked on
/// there.
/// </summary>
[Alias("SoftBoN.IKernelWorker")]
internal interface IKernelWorker : IGrainWithIntegerKey
{
    /// <summary>How the silo is to which calls of this key go.</summary>
    [Alias("Report")]
    Task<SiloState> Report();

    /// <summary>Works on some rows of a call. Whether the silo lives is asked by <see cref="Report"/>, so this may take long.</summary>
    [Alias("Run")]
    [ResponseTimeout("01:00:00")]
    Task<PartReply> Run(PartRequest request);
}

/// <summary>
/// Stateless, so that a call never leaves the silo whose gateway it came to. One activation takes all calls: what bounds
/// them is the silo's engine.
/// </summary>
[StatelessWorker(1)]
[Reentrant]
[GrainType("softbon-kernels")]
internal sealed class KernelWorker(SiloEngine engine) : Grain, IKernelWorker
{
    public Task<SiloState> Report() => Task.FromResult(engine.State);

    public Task<PartReply> Run(PartRequest request) => engine.Run(request);
}

using SoftBoN.Kernels.Orleans;

namespace SoftBoN.Tool.Cluster.Measure;

/// <summary>A silo in this process, without Orleans and without a network: what is left is cutting, packing and unpacking.</summary>
internal sealed class Loopback : IKernelCluster, IDisposable
{
    private readonly SiloEngine _silo;
    private long _bytes;

    public Loopback(SoftBonOptions engine) => _silo = new SiloEngine(
        new SiloKernelsOptions { Engine = engine }, nameof(Loopback), loggers: null, gateways: null);

    /// <summary>Bytes of all messages and replies so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public Task<SiloState> Report(long key) => Task.FromResult(_silo.State);

    public async Task<PartReply> Run(long key, PartRequest request)
    {
        PartReply reply = await _silo.Run(request).ConfigureAwait(false);
        Interlocked.Add(ref _bytes, request.Payload.Length + (long)reply.Payload.Length);
        return reply;
    }

    public void Dispose() => _silo.Dispose();
}

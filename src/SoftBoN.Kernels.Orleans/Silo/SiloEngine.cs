using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace SoftBoN.Kernels.Orleans;

/// <summary>A silo's engine, and a bound on the parts that it works on at once.</summary>
/// <remarks>
/// Parts that wait when the silo ends are told so, and their clients take them elsewhere: nothing else wakes who waits for a
/// semaphore, and a silo ends only when each call that it took has an answer.
/// </remarks>
internal sealed class SiloEngine : IDisposable
{
    private readonly SiloKernelsOptions options;
    private readonly SemaphoreSlim turns;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lazy<SoftBonEngine> host;
    private readonly SiloState state;
    private readonly SiloGateways? gateways;
    private int parts;

    /// <param name="options">Checked options.</param>
    /// <param name="name">The silo's name.</param>
    /// <param name="loggers">Where the engine logs unless the options say otherwise.</param>
    /// <param name="gateways">Knows where clients reach the cluster's silos; null for nobody.</param>
    public SiloEngine(SiloKernelsOptions options, string name, ILoggerFactory? loggers, SiloGateways? gateways)
    {
        (this.options, this.gateways) = (options, gateways);
        options.Engine.LoggerFactory ??= loggers;
        turns = new SemaphoreSlim(options.PartsAtOnce);
        Engine = SoftBonEngine.Create(options.Engine);
        host = new Lazy<SoftBonEngine>(() => SoftBonEngine.CreateHost(new SoftBonOptions
        {
            Backend = SoftBonBackend.Simd,
            MaxDegreeOfParallelism = options.Engine.MaxDegreeOfParallelism,
        }));
        var truth = new SiloState
        {
            Id = Guid.NewGuid(),
            Name = name,
            Version = KernelVersion.Current,
            Backend = BackendNames.Spell(Engine.Device.Backend),
            Device = Engine.Device.Description,
            IsGpu = Engine.Device.Backend is SoftBonBackend.Cuda or SoftBonBackend.OpenCl,
            PartsAtOnce = options.PartsAtOnce,
            MaxMessageBytes = options.MaxMessageBytes,
        };
        state = options.Pretend?.Invoke(truth) ?? truth;
    }

    public SoftBonEngine Engine { get; }

    /// <summary>For what has no device kernels; the engine itself on a processor.</summary>
    public SoftBonEngine Host => BackendNames.IsDevice(Engine.Device.Backend) ? host.Value : Engine;

    /// <summary>Cancelled when the silo ends.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>How the silo is now.</summary>
    public SiloState State => state with { Parts = Volatile.Read(ref parts), Gateways = gateways?.Current ?? [] };

    /// <summary>Works on a part when its turn comes.</summary>
    public async Task<PartReply> Run(PartRequest request)
    {
        if (request.Version != state.Version)
        {
            return Fail(PartFault.Version, "");
        }

        if (request.Payload.Length > options.MaxMessageBytes)
        {
            return Fail(
                PartFault.TooLarge,
                $"A message of {request.Payload.Length} bytes came and the silo takes {options.MaxMessageBytes}; raise its "
                + "MaxMessageBytes, or lower that of the client.");
        }

        Interlocked.Increment(ref parts);
        long came = Stopwatch.GetTimestamp();
        try
        {
            return await RunInTurn(request, came).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref parts);
        }
    }

    /// <summary>Tells parts that wait, and those that come, to go elsewhere; parts that are worked on finish.</summary>
    public void Stop() => stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        Engine.Dispose();
        if (host.IsValueCreated)
        {
            host.Value.Dispose();
        }
    }

    private async Task<PartReply> RunInTurn(PartRequest request, long came)
    {
        try
        {
            await turns.WaitAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new SiloUnavailableException($"Silo {state.Name} is ending; the part has to go elsewhere.");
        }

        try
        {
            if (options.BeforePart != null)
            {
                await options.BeforePart(request).ConfigureAwait(false);
            }

            TimeSpan waited = Stopwatch.GetElapsedTime(came);
            long begin = Stopwatch.GetTimestamp();
            PartReply reply = await Task.Run(() => Work(request)).ConfigureAwait(false);
            ClusterTelemetry.AtSilo(new SiloPart(
                state.Name,
                state.Device,
                request.Operation,
                reply.Fault,
                waited,
                Stopwatch.GetElapsedTime(begin),
                request.Payload.Length,
                reply.Payload.Length));
            return reply;
        }
        finally
        {
            turns.Release();
        }
    }

    private PartReply Work(PartRequest request)
    {
        try
        {
            return new PartReply { Silo = State, Payload = PartRunner.Run(this, request) };
        }
        catch (Exception fault) when (fault is DeviceExecutionException or ObjectDisposedException)
        {
            return Fail(PartFault.Unavailable, fault.Message);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Fail(PartFault.Failed, $"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private PartReply Fail(PartFault fault, string message) => new() { Silo = State, Fault = fault, Message = message };
}

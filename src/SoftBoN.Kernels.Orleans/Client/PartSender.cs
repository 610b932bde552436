using System.Diagnostics;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Has one part worked on, by another silo where one fails it.</summary>
internal sealed class PartSender(Lanes lanes, IKernelCluster cluster, ClusterKernelsOptions options)
{
    /// <summary>Sends a part until a silo has done it.</summary>
    /// <returns>Its results.</returns>
    /// <exception cref="ClusterException">It failed where another silo would not help.</exception>
    /// <exception cref="SiloUnavailableException">No silo took it in the time that options allow.</exception>
    public async Task<byte[]> Send(PartRequest request, CancellationToken cancellationToken)
    {
        var tried = new HashSet<Guid>();
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            Lane lane = await lanes.Take(tried, cancellationToken).ConfigureAwait(false);
            string silo = lane.Silo.Name;
            (PartReply? reply, Exception? fault) = await Try(lane, request, cancellationToken).ConfigureAwait(false);
            switch (reply?.Fault ?? PartFault.Unavailable)
            {
                case PartFault.None:
                    ClusterTelemetry.AtClient(silo, request.Operation, "done");
                    return reply!.Payload;
                case PartFault.Unavailable when Stopwatch.GetElapsedTime(begin) < options.Patience || tried.Count == 0:
                    ClusterTelemetry.AtClient(silo, request.Operation, "retried");
                    tried.Add(lane.Silo.Id);
                    continue;
            }

            ClusterTelemetry.AtClient(silo, request.Operation, "failed");
            throw reply?.Fault switch
            {
                PartFault.Version => new VersionSkewException(reply.Silo.Name, reply.Silo.Version),
                PartFault.TooLarge => new ClusterException($"Silo {silo}: {reply.Message}"),
                PartFault.Failed => new ClusterException($"Silo {silo} failed {request.Operation}: {reply.Message}"),
                _ => new SiloUnavailableException(
                    $"No silo could work on {request.Operation} for {options.Patience.TotalSeconds} s; the last was {silo}: "
                    + $"{reply?.Message ?? fault?.Message}",
                    fault!),
            };
        }
    }

    /// <summary>One try at one silo; what fails on the way is the silo's unavailability.</summary>
    private async Task<(PartReply? Reply, Exception? Fault)> Try(
        Lane lane, PartRequest request, CancellationToken cancellationToken)
    {
        Task<PartReply> answer = cluster.Run(lane.Key, request);
        try
        {
            await Task.WhenAny(answer, lane.Gone).WaitAsync(cancellationToken).ConfigureAwait(false);
            PartReply reply = answer.IsCompleted
                ? await answer.ConfigureAwait(false)
                : throw new SiloUnavailableException($"Silo {lane.Silo.Name} is gone.");
            lanes.Return(lane, reply.Silo);
            return (reply, null);
        }
        catch (Exception fault)
        {
            // An answer that comes after all is looked at by nobody; its fault may not go unobserved.
            _ = answer.ContinueWith(
                late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            lanes.Return(lane, null);
            cancellationToken.ThrowIfCancellationRequested();
            lanes.Drop(lane);
            return (null, fault);
        }
    }
}

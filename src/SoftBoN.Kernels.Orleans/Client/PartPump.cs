using System.Collections.Concurrent;

namespace SoftBoN.Kernels.Orleans;

/// <summary>
/// Cuts a call by rows, sends the parts, and puts their results in their places as they come. Only the caller's thread
/// touches the caller's memory, and only until the call returns.
/// </summary>
internal sealed class PartPump(PartSender sender, LaneWatch watch, Lanes lanes, ClusterKernelsOptions options)
{
    /// <summary>Parts that a silo should get of a call, so that those that are done sooner get more.</summary>
    private const int PartsPerSilo = 4;

    private const int LeastPartBytes = 1 << 16;

    public void Run(PartCall call, CancellationToken cancellationToken)
    {
        if (call.Rows == 0)
        {
            return;
        }

        watch.Enter();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Run(call, ending.Token, cancellationToken);
        }
        finally
        {
            // Parts that are still under way after a fault are of no use to anybody.
            ending.Cancel();
            watch.Leave();
        }
    }

    private void Run(PartCall call, CancellationToken ending, CancellationToken cancellationToken)
    {
        var done = new BlockingCollection<Part>();
        long size = PartSize(call);
        long next = 0;
        int flying = 0;
        while (next < call.Rows || flying > 0)
        {
            while (next < call.Rows && flying < options.MaxPartsInFlight)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long end = EndOf(call, next, size);
                Start(call, next, end, done, ending);
                next = end;
                flying++;
            }

            Part part = done.Take(cancellationToken);
            flying--;
            byte[] reply = part.Reply.GetAwaiter().GetResult();
            var reader = new PartReader(reply);
            call.Read(ref reader, part.First, part.End);
            options.Placed?.Invoke(part.First, part.End);
        }
    }

    private void Start(PartCall call, long first, long end, BlockingCollection<Part> done, CancellationToken ending)
    {
        var request = new PartRequest
        {
            Version = KernelVersion.Current,
            Operation = call.Operation,
            Payload = call.Pack(first, end, options.MaxMessageBytes),
        };

        // Off the caller's context, which may be one that the caller itself holds up.
        Task<byte[]> reply = Task.Run(() => sender.Send(request, ending), CancellationToken.None);
        reply.ContinueWith(
            sent => done.Add(new Part(first, end, sent)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private long PartSize(PartCall call)
    {
        long bytes = 0;
        for (long row = 0; row < call.Rows; row++)
        {
            bytes += call.RowBytes(row);
        }

        long each = bytes / Math.Max(1, PartsPerSilo * lanes.Silos.Count);
        return Math.Clamp(each, Math.Min(LeastPartBytes, options.PartBytes), options.PartBytes);
    }

    /// <summary>The end of the part that begins at a row: one row at least.</summary>
    private long EndOf(PartCall call, long first, long size)
    {
        // What every part has should be little of it.
        const int RowsToFixed = 4;
        long bytes = call.FixedBytes + call.RowBytes(first);
        if (bytes > options.MaxMessageBytes)
        {
            throw new MessageTooLargeException(call.Operation.ToString(), first, bytes, options.MaxMessageBytes);
        }

        long most = Math.Min(Math.Max(size, (RowsToFixed + 1) * call.FixedBytes), options.MaxMessageBytes);
        long end = first + 1;
        while (end < call.Rows && end - first < call.MostRows)
        {
            bytes += call.RowBytes(end);
            if (bytes > most)
            {
                break;
            }

            end++;
        }

        return end;
    }

    private readonly record struct Part(long First, long End, Task<byte[]> Reply);
}

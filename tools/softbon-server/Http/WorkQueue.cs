using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace SoftBoN.Server.Http;

/// <summary>So many requests are worked on at a time and so many more wait, all of them with their bodies.</summary>
internal sealed class WorkQueue(IOptions<ServerOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter places = new(new()
    {
        PermitLimit = options.Value.MaxConcurrent,
        QueueLimit = options.Value.QueueLimit,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Why a request gets no place.</summary>
    public string Full { get; } =
        $"{options.Value.MaxConcurrent} requests are worked on and {options.Value.QueueLimit} wait; try again later.";

    /// <summary>A place, or none where too many wait.</summary>
    public ValueTask<RateLimitLease> Enter(CancellationToken cancellationToken) =>
        places.AcquireAsync(1, cancellationToken);

    public void Dispose() => places.Dispose();
}

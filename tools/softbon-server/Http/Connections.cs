using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace SoftBoN.Server.Http;

/// <summary>
/// The connections, so that the end waits for those alone on which a request is answered: from its beginning Kestrel's
/// limits of time hold no more, and a client that has sent half of a request may send the rest when it likes.
/// </summary>
internal sealed class Connections : IDisposable
{
    /// <summary>For those whose bodies came too late to read their answer.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ConnectionContext, Use> open = [];
    private readonly CancellationTokenSource late = new();
    private readonly CancellationTokenRegistration ending;

    public Connections(IOptions<ServerOptions> options, IHostApplicationLifetime lifetime)
    {
        late.Token.Register(AbortIdle);
        ending = lifetime.ApplicationStopping.Register(
            () => late.CancelAfter(TimeSpan.FromSeconds(options.Value.EndingBodySeconds) + Farewell));
    }

    /// <summary>Knows a connection while it is open.</summary>
    public ConnectionDelegate Watch(ConnectionDelegate next) => async connection =>
    {
        var use = new Use();
        connection.Features.Set(use);
        open.TryAdd(connection, use);
        try
        {
            await next(connection);
        }
        finally
        {
            open.TryRemove(connection, out _);
        }
    };

    /// <summary>Keeps a request's connection until its answer is sent.</summary>
    public static void Keep(HttpContext context)
    {
        if (context.Features.Get<Use>() is { } use)
        {
            use.Begin();
            context.Response.OnCompleted(use.End);
        }
    }

    public void Dispose()
    {
        ending.Dispose();
        late.Dispose();
    }

    private void AbortIdle()
    {
        foreach ((ConnectionContext connection, Use use) in open)
        {
            if (!use.IsAnswering)
            {
                connection.Abort(new ConnectionAbortedException("The server ends."));
            }
        }
    }

    /// <summary>Requests of a connection that are being answered.</summary>
    private sealed class Use
    {
        private int answering;

        public bool IsAnswering => Volatile.Read(ref answering) > 0;

        public void Begin() => Interlocked.Increment(ref answering);

        public Task End()
        {
            Interlocked.Decrement(ref answering);
            return Task.CompletedTask;
        }
    }
}

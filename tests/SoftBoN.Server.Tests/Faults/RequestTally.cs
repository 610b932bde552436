using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>Counts requests that the server has begun and ended, and tells when there are as many as somebody waits for.</summary>
internal sealed class RequestTally : IStartupFilter
{
    private readonly Lock gate = new();
    private readonly List<(Func<bool> IsReached, TaskCompletionSource Source)> waiting = [];
    private int begun;
    private int ended;

    public int Begun => Volatile.Read(ref begun);

    public int Ended => Volatile.Read(ref ended);

    public Task WhenBegun(int count) => When(() => begun >= count);

    public Task WhenEnded(int count) => When(() => ended >= count);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            Count(ref begun);
            try
            {
                await rest(context);
            }
            finally
            {
                Count(ref ended);
            }
        });
        next(app);
    };

    private Task When(Func<bool> isReached)
    {
        lock (gate)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((isReached, source));
            Tell();
            return source.Task;
        }
    }

    private void Count(ref int counter)
    {
        lock (gate)
        {
            counter++;
            Tell();
        }
    }

    private void Tell() => waiting.RemoveAll(wait => wait.IsReached() && wait.Source.TrySetResult());
}

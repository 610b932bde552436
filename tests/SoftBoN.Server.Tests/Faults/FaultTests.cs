using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>Faults over HTTP: each request ends in exactly one right answer or one clear error.</summary>
public sealed class FaultTests
{
    private const int Clients = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_end_under_load_leaves_no_request_without_an_answer_or_an_error()
    {
        await using LiveApp live = await LiveApp.Start();
        var loads = new ClientLoad(live.Client, Clients);
        await loads.AllAnswered.WaitAsync(Patience);
        await live.App.StopAsync().WaitAsync(Patience);
        await loads.Ended.WaitAsync(Patience);

        // Every client goes on until its first error, which is that nobody listens any more.
        Assert.Equal(0, loads.Count(Outcome.Wrong));
        Assert.Equal(0, loads.Count(Outcome.Refused));
        Assert.Equal(Clients, loads.Count(Outcome.Gone));
        Assert.Equal(loads.Sent, loads.Count(Outcome.Right) + Clients);
        Assert.InRange(loads.Count(Outcome.Right), Clients, live.Tally.Begun);
        Assert.Equal(live.Tally.Begun, live.Tally.Ended);
    }

    [Fact]
    public async Task A_request_that_was_begun_before_the_end_is_answered()
    {
        await using LiveApp live = await LiveApp.Start(("Server:EndingBodySeconds", "30"));
        var rest = new TaskCompletionSource();
        using var content = new SlowContent(SelectBody.Of(3), rest.Task);
        Task<HttpResponseMessage> request = live.Client.PostAsync("/v1/select", content);
        await live.Tally.WhenBegun(1).WaitAsync(Patience);
        var stopping = new TaskCompletionSource();
        live.App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        Task end = live.App.StopAsync();
        await stopping.Task.WaitAsync(Patience);
        Assert.False(request.IsCompleted);
        rest.SetResult();
        using HttpResponseMessage response = await request.WaitAsync(Patience);
        Assert.Equal(Outcome.Right, await SelectBody.Judge(response, 3));
        await end.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_engine_that_fails_under_load_is_a_503_with_the_reason()
    {
        await using LiveApp live = await LiveApp.Start();
        var loads = new ClientLoad(live.Client, Clients);
        await loads.AllAnswered.WaitAsync(Patience);
        live.App.Services.GetRequiredService<SoftBonEngine>().Dispose();
        await loads.Ended.WaitAsync(Patience);
        Assert.Equal(Clients, loads.Count(Outcome.Refused));
        Assert.Equal(loads.Sent, loads.Count(Outcome.Right) + Clients);
        Assert.Equal(Outcome.Refused, await SelectBody.Send(live.Client, 1));
        using HttpResponseMessage health = await live.Client.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
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
        await using LiveApp live = await LiveApp.Start();
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
    public async Task Clients_that_leave_within_their_body_give_their_places_back()
    {
        const int Leaving = 20;
        const int Sound = 30;
        await using LiveApp live = await LiveApp.Start(("Server:MaxConcurrent", "2"));
        Socket[] leaving = await Task.WhenAll(Enumerable.Range(0, Leaving).Select(_ => Half(live)));
        await live.Tally.WhenBegun(Leaving).WaitAsync(Patience);
        Task<Outcome>[] sound = [.. Enumerable.Range(0, Sound).Select(id => SelectBody.Send(live.Client, id))];
        await live.Tally.WhenBegun(Leaving + Sound).WaitAsync(Patience);
        Assert.DoesNotContain(sound, request => request.IsCompleted);
        Array.ForEach(leaving, socket => socket.Dispose());
        Outcome[] outcomes = await Task.WhenAll(sound).WaitAsync(Patience);
        Assert.All(outcomes, outcome => Assert.Equal(Outcome.Right, outcome));
        await live.Tally.WhenEnded(Leaving + Sound).WaitAsync(Patience);
        Assert.Equal(Leaving + Sound, live.Tally.Begun);
        Assert.Equal(Outcome.Right, await SelectBody.Send(live.Client, 1));
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

    /// <summary>Sends half a request; where the connection is closed the server is told so at once.</summary>
    private static async Task<Socket> Half(LiveApp live)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            LingerState = new LingerOption(true, 0),
        };
        await socket.ConnectAsync(IPAddress.Loopback, live.Client.BaseAddress!.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "POST /v1/select HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"rewards\":["));
        return socket;
    }
}

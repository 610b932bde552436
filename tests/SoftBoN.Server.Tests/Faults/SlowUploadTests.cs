using System.Diagnostics;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using SoftBoN.Server.Http;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>Clients whose bodies come in slowly or not at all wait for themselves alone.</summary>
public sealed class SlowUploadTests
{
    private const int Slow = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task More_slow_uploads_than_may_be_worked_on_and_wait_keep_nobody_out()
    {
        await using LiveApp live = await LiveApp.Start(("Server:MaxConcurrent", "1"), ("Server:QueueLimit", "1"));
        HalfRequest[] slow = await Stalled(live);
        for (int id = 0; id < Slow; id++)
        {
            await slow[id].Send("1,");
            Assert.Equal(Outcome.Right, await SelectBody.Send(live.Client, id).WaitAsync(Patience));
        }

        Assert.Equal(Slow, live.Tally.Begun - live.Tally.Ended);
        Array.ForEach(slow, request => request.Dispose());
    }

    [Fact]
    public async Task A_body_that_takes_too_long_is_a_408()
    {
        await using LiveApp live = await LiveApp.Start(("Server:BodySeconds", "1"));
        using HalfRequest request = await HalfRequest.WithinBody(live);
        string answer = await request.Answer().WaitAsync(Patience);
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("The body took more than 1 s to come in", answer, StringComparison.Ordinal);
        Assert.Equal(Outcome.Right, await SelectBody.Send(live.Client, 1));
    }

    [Fact]
    public async Task A_body_that_comes_in_too_slowly_is_a_408()
    {
        await using LiveApp live = await LiveApp.Start(("Server:MinBodyBytesPerSecond", "1000"));
        using HalfRequest request = await HalfRequest.WithinBody(live);
        Task<string> answer = request.Answer();
        for (var time = Stopwatch.StartNew(); !answer.IsCompleted && time.Elapsed < Patience;)
        {
            await Task.WhenAny(answer, Task.Delay(100));
            await TrySend(request);
        }

        string text = await answer.WaitAsync(Patience);
        Assert.StartsWith("HTTP/1.1 408", text, StringComparison.Ordinal);
        Assert.Contains("The body came in at less than 1000 bytes a second", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_uploads_than_there_may_be_are_told_so_and_places_of_clients_that_leave_are_free_again()
    {
        await using LiveApp live = await LiveApp.Start(("Server:MaxUploads", $"{Slow}"));
        HalfRequest[] slow = await Stalled(live);
        using (HttpResponseMessage refused = await Post(live))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
            Assert.Contains($"{Slow} bodies come in already", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Array.ForEach(slow, request => request.Dispose());
        await live.Tally.WhenEnded(Slow + 1).WaitAsync(Patience);
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, Slow).Select(id => SelectBody.Send(live.Client, id)))
            .WaitAsync(Patience);
        Assert.All(outcomes, outcome => Assert.Equal(Outcome.Right, outcome));
    }

    [Fact]
    public async Task The_end_does_not_wait_for_bodies_and_headers_that_do_not_come()
    {
        await using LiveApp live = await LiveApp.Start(("Server:EndingBodySeconds", "1"), ("Server:ShutdownSeconds", "600"));
        HalfRequest[] slow = await Stalled(live);
        using HalfRequest headers = await HalfRequest.WithinHeaders(live);
        Task<string[]> answers = Task.WhenAll(slow.Select(request => request.Answer()));
        await live.App.StopAsync().WaitAsync(Patience);
        foreach (string answer in await answers.WaitAsync(Patience))
        {
            Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
            Assert.Contains("The server ends", answer, StringComparison.Ordinal);
        }

        Assert.Equal("", await headers.Answer().WaitAsync(Patience));
        Assert.Equal(live.Tally.Begun, live.Tally.Ended);
        Array.ForEach(slow, request => request.Dispose());
    }

    [Fact]
    public async Task The_end_waits_for_requests_that_came_in_whole()
    {
        await using LiveApp live = await LiveApp.Start(("Server:EndingBodySeconds", "1"), ("Server:MaxConcurrent", "1"));
        RateLimitLease held = await live.App.Services.GetRequiredService<WorkQueue>().Enter(default);
        Task<Outcome> waits = SelectBody.Send(live.Client, 5);
        await live.Tally.WhenBegun(1).WaitAsync(Patience);
        using HalfRequest headers = await HalfRequest.WithinHeaders(live);
        Task end = live.App.StopAsync();

        // That this one is broken off says that the others have been left alone.
        Assert.Equal("", await headers.Answer().WaitAsync(Patience));
        Assert.False(waits.IsCompleted);
        held.Dispose();
        Assert.Equal(Outcome.Right, await waits.WaitAsync(Patience));
        await end.WaitAsync(Patience);
    }

    private static async Task<HalfRequest[]> Stalled(LiveApp live)
    {
        HalfRequest[] slow = await Task.WhenAll(Enumerable.Range(0, Slow).Select(_ => HalfRequest.WithinBody(live)));
        await live.Tally.WhenBegun(Slow).WaitAsync(Patience);
        return slow;
    }

    private static Task<HttpResponseMessage> Post(LiveApp live)
    {
        var content = new ByteArrayContent(SelectBody.Of(1));
        content.Headers.ContentType = new("application/json");
        return live.Client.PostAsync("/v1/select", content);
    }

    /// <summary>The server may have closed the connection.</summary>
    private static async Task TrySend(HalfRequest request)
    {
        try
        {
            await request.Send("1,");
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Then its answer is what counts.
        }
    }
}

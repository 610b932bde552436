namespace SoftBoN.Server.Tests.Faults;

public sealed class SlowReaderTests
{
    /// <summary>An answer of some 14 MB, more than lies between server and client.</summary>
    [Fact]
    public async Task A_client_that_does_not_read_its_answer_is_cut_off()
    {
        const int rows = 1024;
        await using LiveApp live = await LiveApp.Start(
            ("Server:MinAnswerBytesPerSecond", $"{1 << 22}"), ("Server:MaxPicks", $"{256 * rows}"));
        string rewards = string.Join(',', Enumerable.Repeat('1', rows));
        string body = $"{{\"rewards\":[{rewards}],\"rows\":{rows},\"columns\":1,\"draws\":256,\"lambda\":1,\"seed\":1}}";
        using HalfRequest request = await HalfRequest.Of(
            live,
            $"POST /v1/select HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
        await live.Tally.WhenEnded(1).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Outcome.Right, await SelectBody.Send(live.Client, 1));

        // What was on its way comes, and no more.
        string answer = await request.Answer().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(answer.Length < 10_000_000, $"{answer.Length} bytes came.");
    }
}

using System.Text.RegularExpressions;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>Requests as they are on the wire: lengths that lie, chunks, requests one behind the other.</summary>
public sealed class WireTests
{
    private const string Body = """{"rewards":[1,2,3],"lambda":1,"seed":1}""";
    private const string Head = "POST /v1/select HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    private const string Chunked = Head + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string Last = Head + "Connection: close\r\nContent-Length: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string, int, string> Requests => new()
    {
        { Last + $"{Body.Length}\r\n\r\n{Body}", 200, "\"index\":2" },
        { Last + $"{Body.Length - 1}\r\n\r\n{Body}", 400, "ends before it is whole JSON" },
        { Last + $"{Body.Length + 1}\r\n\r\n{Body}", 408, "took more than 1 s to come in" },
        { Last + $"99999999999999\r\n\r\n{Body}", 413, "more than 1048576 bytes" },
        { Chunked + $"{Bytewise(Body)}0\r\n\r\n", 200, "\"index\":2" },
        { Chunked + $"{Body.Length:x}\r\n{Body}\r\n", 408, "took more than 1 s to come in" },
        { Chunked + "zz\r\n", 400, "Bad chunk size data" },
        { Chunked + "FFFFFFFFFFFFFFFF\r\n", 400, "Bad chunk size data" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Whatever_the_length_says_there_is_one_answer_with_a_reason(string request, int status, string reason)
    {
        await using LiveApp live = await LiveApp.Start(("Server:BodySeconds", "1"));
        using HalfRequest sent = await HalfRequest.Of(live, request);
        string answer = await sent.Answer().WaitAsync(Patience);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(answer, "HTTP/1.1 "));
        Assert.Contains(reason, answer, StringComparison.Ordinal);
        Assert.Equal(Outcome.Right, await SelectBody.Send(live.Client, 1));
    }

    [Fact]
    public async Task Requests_one_behind_the_other_are_all_answered()
    {
        await using LiveApp live = await LiveApp.Start(("Server:MaxUploads", "1"), ("Server:MaxConcurrent", "1"));
        string one = $"{Head}Content-Length: {Body.Length}\r\n\r\n{Body}";
        using HalfRequest sent = await HalfRequest.Of(
            live, string.Concat(Enumerable.Repeat(one, 5)) + $"{Last}{Body.Length}\r\n\r\n{Body}");
        string answer = await sent.Answer().WaitAsync(Patience);
        Assert.Equal(6, Regex.Count(answer, "HTTP/1.1 200 "));
        Assert.Equal(6, Regex.Count(answer, "\"index\":2"));
    }

    private static string Bytewise(string text) => string.Concat(text.Select(character => $"1\r\n{character}\r\n"));
}

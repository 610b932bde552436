using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SoftBoN.Server.Tests;

public sealed class FuzzTests
{
    private const int Cases = 10_000;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-", "1e999", "-1e999", "NaN", "99999999999999999999", "\\u0000",
        "\"rewards\":", "\"rows\":", "\"columns\":", "\"lengths\":", "\"lambda\":", "\"seed\":", "\"draws\":", "2147483647",
        "-2147483648", "0.5", "[[[[[[[[[[", "\"klBudget\":", "\"distinct\":true,", "\"positions\":[18446744073709551615],", "{}",
    ];

    [Fact]
    public async Task Ten_thousand_broken_bodies_are_answers_or_4xx_with_a_reason()
    {
        await using TestApp app = await TestApp.Start();
        var random = new Random(20250);
        var seen = new Dictionary<HttpStatusCode, int>();
        for (int i = 0; i < Cases; i++)
        {
            byte[] body = Broken(random);
            using HttpResponseMessage response = await app.Select(body);
            string answer = await response.Content.ReadAsStringAsync();
            seen[response.StatusCode] = seen.GetValueOrDefault(response.StatusCode) + 1;
            string what = $"case {i}: {Encoding.UTF8.GetString(body)}";
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{response.StatusCode}, {what}");
            JsonElement root = JsonDocument.Parse(answer).RootElement;
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Assert.True(root.TryGetProperty("rows", out _), what);
                continue;
            }

            string? reason = root.GetProperty("detail").GetString();
            Assert.False(string.IsNullOrEmpty(reason), what);
            Assert.False(Regex.IsMatch(reason, SelectTests.LibraryWords), $"{reason} for {what}");
        }

        // Both kinds have to occur, or the fuzzer tests nothing.
        Assert.True(seen[HttpStatusCode.BadRequest] > Cases / 2 && seen[HttpStatusCode.OK] > 50);
        Assert.Equal("Healthy", await app.Client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Every_truncated_body_is_a_400()
    {
        await using TestApp app = await TestApp.Start();
        byte[] whole = Valid(new Random(1));
        for (int length = 0; length < whole.Length; length++)
        {
            using HttpResponseMessage response = await app.Select(whole[..length]);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("[", "]", "")]
    [InlineData("[", "]", "x")]
    [InlineData("{\"rewards\":", "}", "")]
    [InlineData("[{\"rewards\":", "}]", "")]
    public async Task Bodies_however_deep_are_a_400_at_once(string open, string close, string tail)
    {
        await using TestApp app = await TestApp.Start(("Server:MaxBodyBytes", "2000000"));
        app.Client.Timeout = TimeSpan.FromSeconds(20);
        const int depth = 100_000;
        string body = string.Concat(Enumerable.Repeat(open, depth).Append("1").Concat(Enumerable.Repeat(close, depth))) + tail;
        using HttpResponseMessage response = await app.Select(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string? reason = JsonDocument.Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("detail").GetString();
        Assert.Contains(tail.Length == 0 ? $"{depth * open.Count(c => c is '[' or '{')} deep" : "is not JSON", reason);
    }

    private static byte[] Broken(Random random)
    {
        List<byte> body = [.. Valid(random)];
        int edits = random.Next(4);
        for (int i = 0; i < edits; i++)
        {
            int place = random.Next(body.Count + 1);
            switch (random.Next(4))
            {
                case 0:
                    body.InsertRange(place, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 1:
                    body.RemoveRange(place, Math.Min(random.Next(10), body.Count - place));
                    break;
                case 2 when place < body.Count:
                    body[place] = (byte)random.Next(256);
                    break;
                default:
                    body.RemoveRange(place, body.Count - place);
                    break;
            }
        }

        return [.. body];
    }

    /// <summary>A body that is nearly right: its sizes tell the truth half of the time.</summary>
    private static byte[] Valid(Random random)
    {
        int rows = random.Next(4);
        int columns = random.Next(5);
        int rewards = random.Next(2) == 0 ? rows * columns : random.Next(20);
        string values = string.Join(',', Enumerable.Range(0, rewards).Select(_ => random.Next(-9, 10) / 4.0));
        string size = random.Next(3) switch
        {
            0 => $"\"rows\":{rows},\"columns\":{columns},",
            1 => $"\"lengths\":[{string.Join(',', Enumerable.Repeat(columns, rows))}],",
            _ => "",
        };
        return Encoding.UTF8.GetBytes($"{{\"rewards\":[{values}],{size}\"lambda\":{random.Next(-1, 5)},\"seed\":{random.Next()}}}");
    }
}

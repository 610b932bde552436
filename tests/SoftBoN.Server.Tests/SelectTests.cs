using System.Net;
using System.Text.Json;

namespace SoftBoN.Server.Tests;

public sealed class SelectTests
{
    private const string Readme =
        """{"rewards":[0.1,2.0,1.9,-1.0,0.3,0.2,0.4,0.1,5.0,1.0,0.0,4.9],"rows":3,"columns":4,"lambda":0.5,"seed":42}""";

    [Fact]
    public async Task The_readmes_rows_have_the_readmes_picks()
    {
        await using TestApp app = await TestApp.Start();
        using HttpResponseMessage response = await app.Select(Readme);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("rows");
        Assert.Equal([2, 0, 0], rows.EnumerateArray().Select(row => row.GetProperty("picks")[0].GetProperty("index").GetInt32()));
        Assert.Equal(1.9f, rows[0].GetProperty("picks")[0].GetProperty("reward").GetSingle());
        Assert.All(rows.EnumerateArray(), row => Assert.Equal("Ok", row.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_bad_row_has_a_status_and_its_neighbour_a_pick()
    {
        await using TestApp app = await TestApp.Start();
        using HttpResponseMessage response = await app.Select(
            """{"rewards":[1e999,0,-1e999,1],"lengths":[2,2],"lambda":1,"seed":1}""");
        JsonElement rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("rows");
        Assert.Equal("RewardPositiveInfinity", rows[0].GetProperty("status").GetString());
        Assert.Equal(-1, rows[0].GetProperty("picks")[0].GetProperty("index").GetInt32());
        Assert.Equal(1, rows[1].GetProperty("picks")[0].GetProperty("index").GetInt32());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("picks")[0].GetProperty("margin").ValueKind);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "The body is null")]
    [InlineData("[1,2]", "JSON")]
    [InlineData("""{"lambda":1,"seed":1}""", "rewards")]
    [InlineData("""{"rewards":null,"lambda":1,"seed":1}""", "rewards")]
    [InlineData("""{"rewards":[1],"lambda":1}""", "Seed is not set")]
    [InlineData("""{"rewards":[1],"seed":1}""", "exactly one of lambda")]
    [InlineData("""{"rewards":[1],"lambda":1,"klBudget":1,"seed":1}""", "exactly one of lambda")]
    [InlineData("""{"rewards":[1],"lambda":-1,"seed":1}""", "Must be 0 to +infinity")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":-1}""", "seed")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"lamda":1}""", "lamda")]
    [InlineData("""{"rewards":[1],"lambda":1,"lambda":2,"seed":1}""", "lambda")]
    [InlineData("""{"rewards":["1"],"lambda":1,"seed":1}""", "rewards[0]")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"noise":"Laplace"}""", "noise")]
    [InlineData("""{"rewards":[1,2,3],"rows":2,"columns":2,"lambda":1,"seed":1}""", "The rows have 4 candidates and there are 3")]
    [InlineData("""{"rewards":[1],"rows":1,"lambda":1,"seed":1}""", "Send rows and columns")]
    [InlineData("""{"rewards":[1],"rows":1000,"columns":2147483647,"lambda":1,"seed":1}""", "2147483647000 candidates")]
    [InlineData("""{"rewards":[1],"rows":2147483647,"columns":2147483647,"lambda":1,"seed":1}""", "0 to 1024 at a time")]
    [InlineData("""{"rewards":[1],"rows":-1,"columns":-1,"lambda":1,"seed":1}""", "There are -1 rows")]
    [InlineData("""{"rewards":[1],"rows":1,"columns":99999999999,"lambda":1,"seed":1}""", "columns")]
    [InlineData("""{"rewards":[1,1],"lengths":[3,-1],"lambda":1,"seed":1}""", "Row 1 has -1 candidates")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"draws":2000000000}""", "2000000000 draws")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"draws":0}""", "0 draws")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"positions":[1,2]}""", "Position has 2 values")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1}{""", "JSON")]
    public async Task A_bad_body_is_a_400_that_says_why(string body, string reason)
    {
        await using TestApp app = await TestApp.Start();
        using HttpResponseMessage response = await app.Select(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        string detail = JsonDocument.Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("detail").GetString()!;
        Assert.Contains(reason, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_and_types_have_their_own_answers()
    {
        await using TestApp app = await TestApp.Start(("Server:MaxBodyBytes", "200"));
        using HttpResponseMessage large = await app.Select(Readme.PadRight(201));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using HttpResponseMessage just = await app.Select(Readme.PadRight(200));
        Assert.Equal(HttpStatusCode.OK, just.StatusCode);
        using HttpResponseMessage text = await app.Select("{}"u8.ToArray(), "text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        using HttpResponseMessage get = await app.Client.GetAsync("/v1/select");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    /// <summary>A small body must not keep a core busy for minutes.</summary>
    [Fact]
    public async Task More_work_than_a_request_may_ask_for_is_a_400()
    {
        await using TestApp app = await TestApp.Start(("Server:MaxWork", "120"));
        string body = Readme.Replace("\"seed\"", "\"draws\":10,\"seed\"", StringComparison.Ordinal);
        using HttpResponseMessage just = await app.Select(body);
        Assert.Equal(HttpStatusCode.OK, just.StatusCode);
        using HttpResponseMessage more = await app.Select(body.Replace(":10,", ":11,", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
        Assert.Contains(
            "11 draws from 12 candidates; send at most 120",
            await more.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_need_the_key_where_there_is_one()
    {
        await using TestApp app = await TestApp.Start(("Server:ApiKey", "sesame"));
        using HttpResponseMessage none = await app.Select(Readme);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        app.Client.DefaultRequestHeaders.Add("X-Api-Key", "sesam");
        using HttpResponseMessage other = await app.Select(Readme);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
        app.Client.DefaultRequestHeaders.Remove("X-Api-Key");
        app.Client.DefaultRequestHeaders.Add("X-Api-Key", "sesame");
        using HttpResponseMessage right = await app.Select(Readme);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        JsonElement api = JsonDocument.Parse(await app.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        JsonElement scheme = api.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey");
        Assert.Equal("X-Api-Key", scheme.GetProperty("name").GetString());
        Assert.True(api.GetProperty("security")[0].TryGetProperty("ApiKey", out _));
    }

    [Fact]
    public async Task Health_metrics_and_the_description_are_there()
    {
        await using TestApp app = await TestApp.Start();
        using HttpResponseMessage picked = await app.Select(Readme);
        Assert.Equal("Healthy", await app.Client.GetStringAsync("/healthz"));
        string metrics = await app.Client.GetStringAsync("/metrics");
        Assert.Contains("softbon_rows", metrics, StringComparison.Ordinal);
        Assert.Contains("softbon_operation_duration", metrics, StringComparison.Ordinal);
        Assert.Matches("softbon_operation_duration_bucket.*le=\"3e-05\"", metrics);
        JsonElement api = JsonDocument.Parse(await app.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        Assert.True(api.GetProperty("paths").GetProperty("/v1/select").TryGetProperty("post", out _));
        JsonElement request = api.GetProperty("components").GetProperty("schemas").GetProperty("SelectRequest");
        Assert.Equal(
            "number",
            request.GetProperty("properties").GetProperty("rewards").GetProperty("items").GetProperty("type").GetString());
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_told_so_and_the_others_answered()
    {
        await using TestApp app = await TestApp.Start(("Server:MaxConcurrent", "1"), ("Server:QueueLimit", "1"));
        string body = Readme.Replace("\"seed\"", "\"draws\":20000,\"seed\"", StringComparison.Ordinal);
        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => app.Select(body))));
        foreach (HttpResponseMessage response in responses)
        {
            string text = await response.Content.ReadAsStringAsync();
            Assert.Contains(
                response.StatusCode == HttpStatusCode.OK ? "\"rows\"" : "1 requests are worked on and 1 wait",
                text,
                StringComparison.Ordinal);
            response.Dispose();
        }

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable],
            responses.Select(response => response.StatusCode).Distinct().Order());
    }

    [Fact]
    public async Task A_client_that_leaves_harms_nobody()
    {
        await using TestApp app = await TestApp.Start();
        for (int i = 0; i < 20; i++)
        {
            using var leaves = new CancellationTokenSource();
            using var content = new StreamContent(new NeverEnding());
            content.Headers.ContentType = new("application/json");
            Task<HttpResponseMessage> request = app.Client.PostAsync("/v1/select", content, leaves.Token);
            leaves.CancelAfter(5);
            try
            {
                // The server may notice first; then its answer is an error.
                using HttpResponseMessage answer = await request.WaitAsync(TimeSpan.FromSeconds(30));
                Assert.False(answer.IsSuccessStatusCode);
            }
            catch (Exception fault) when (fault is OperationCanceledException or HttpRequestException or IOException)
            {
                // The client has left.
            }
        }

        using HttpResponseMessage next = await app.Select(Readme);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("Server:QueueLimit", "-1")]
    [InlineData("Server:MaxBodyBytes", "-1")]
    [InlineData("Server:MaxUploads", "0")]
    [InlineData("Server:BodySeconds", "0")]
    [InlineData("Server:MinBodyBytesPerSecond", "-1")]
    [InlineData("Server:EndingBodySeconds", "-1")]
    [InlineData("Server:ApiKye", "sesame")]
    [InlineData("SoftBoN:MaxDegreeOfParallelism", "0")]
    public async Task A_limit_out_of_range_stops_the_start(string name, string value)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => TestApp.Start((name, value)));
        Assert.Contains(name.Split(':')[1], fault.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A body that its client never sends.</summary>
    private sealed class NeverEnding : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}

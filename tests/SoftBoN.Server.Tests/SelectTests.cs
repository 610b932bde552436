using System.Net;
using System.Text.Json;

namespace SoftBoN.Server.Tests;

public sealed class SelectTests
{
    /// <summary>What only those understand who know how the server is made.</summary>
    internal const string LibraryWords = @"System\.|SoftBoN\.|\bPath:|\(Parameter|LineNumber|deserializ|\.NET";

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
    [InlineData("", "The body of 0 bytes ends before it is whole JSON")]
    [InlineData("null", "The body is null")]
    [InlineData("[1,2]", "The body is an array; send an object with rewards")]
    [InlineData("""{"lambda":1,"seed":1}""", "rewards is missing; send an array of numbers")]
    [InlineData("""{"rewards":null,"lambda":1,"seed":1}""", "rewards is null; send an array of numbers")]
    [InlineData("""{"rewards":[1],"lambda":1}""", "There is no seed; send one")]
    [InlineData("""{"rewards":[1],"seed":1}""", "exactly one of lambda")]
    [InlineData("""{"rewards":[1],"lambda":1,"klBudget":1,"seed":1}""", "exactly one of lambda")]
    [InlineData("""{"rewards":[1],"lambda":-1,"seed":1}""", "lambda is -1; send at least 0")]
    [InlineData("""{"rewards":[1],"klBudget":-1,"seed":1}""", "klBudget is -1; send at least 0")]
    [InlineData("""{"rewards":[1],"essTarget":0.5,"seed":1}""", "essTarget is 0.5; send at least 1")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":-1}""", "seed is -1; send a whole number from 0 to 18446744073709551615")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"lamda":1}""", "There is no 'lamda'; there are rewards, rows, columns")]
    [InlineData("""{"rewards":[1],"lambda":1,"lambda":2,"seed":1}""", "'lambda' is there twice")]
    [InlineData("""{"rewards":["1"],"lambda":1,"seed":1}""", "rewards[0] is \"1\"; send a number")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"distinct":0}""", "distinct is 0; send true or false")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"lengths":7}""", "lengths is 7; send an array, each of it a whole number")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"\ud800":7}""", "")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"noise":"Laplace"}""", "noise is \"Laplace\"; send one of \"Gumbel\"")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"noise":7}""", "noise is 7; send Gumbel")]
    [InlineData("""{"rewards":[1,2,3],"rows":2,"columns":2,"lambda":1,"seed":1}""", "The rows have 4 candidates and there are 3")]
    [InlineData("""{"rewards":[1],"rows":1,"lambda":1,"seed":1}""", "Send rows and columns")]
    [InlineData("""{"rewards":[1],"rows":1000,"columns":2147483647,"lambda":1,"seed":1}""", "2147483647000 candidates")]
    [InlineData("""{"rewards":[1],"rows":2147483647,"columns":2147483647,"lambda":1,"seed":1}""", "0 to 1024 at a time")]
    [InlineData("""{"rewards":[1],"rows":-1,"columns":-1,"lambda":1,"seed":1}""", "There are -1 rows")]
    [InlineData("""{"rewards":[1],"rows":1,"columns":99999999999,"lambda":1,"seed":1}""", "columns is 99999999999; send a whole number")]
    [InlineData("""{"rewards":[1,1],"lengths":[3,-1],"lambda":1,"seed":1}""", "Row 1 has -1 candidates")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"draws":2000000000}""", "2000000000 draws")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"draws":0}""", "0 draws")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1,"positions":[1,2]}""", "There are 2 positions and 1 rows")]
    [InlineData("""{"rewards":[1],"lambda":1,"seed":1}{""", "The body is not JSON from line 1, byte 36 on: {")]
    [InlineData("{\n\"rewards\":\n [NaN]}", "The body is not JSON from line 3, byte 3 on: NaN]}")]
    public async Task A_bad_body_is_a_400_that_says_why(string body, string reason)
    {
        await using TestApp app = await TestApp.Start();
        using HttpResponseMessage response = await app.Select(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        string detail = JsonDocument.Parse(await response.Content.ReadAsStringAsync())
            .RootElement.GetProperty("detail").GetString()!;
        Assert.Contains(reason, detail, StringComparison.Ordinal);
        Assert.DoesNotMatch(LibraryWords, detail);
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_a_400_that_says_so()
    {
        await using TestApp app = await TestApp.Start();
        using HttpResponseMessage response = await app.Select([.. "{\"rewards\":[1],\"lambda\":\""u8, 0xFF, .. "\",\"seed\":1}"u8]);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("The body is not UTF-8", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
        await AssertReason(text, HttpStatusCode.UnsupportedMediaType, "The content type is 'text/plain'; send application/json.");
        using HttpResponseMessage get = await app.Client.GetAsync("/v1/select");
        await AssertReason(get, HttpStatusCode.MethodNotAllowed, "/v1/select takes no GET; it takes POST.");
        using HttpResponseMessage other = await app.Client.GetAsync("/v1/selects");
        await AssertReason(other, HttpStatusCode.NotFound, "There is no /v1/selects; there are POST /v1/select, ");
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
        Assert.Contains("# TYPE softbon_rows_total counter", metrics, StringComparison.Ordinal);
        Assert.Matches("softbon_rows_total{.*softbon_operation=\"Select\".*} [0-9]*[1-9]", metrics);
        Assert.Contains("# TYPE softbon_operation_duration_seconds histogram", metrics, StringComparison.Ordinal);
        Assert.Matches("softbon_operation_duration_seconds_bucket.*le=\"3e-05\"", metrics);
        JsonElement api = JsonDocument.Parse(await app.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        JsonElement post = api.GetProperty("paths").GetProperty("/v1/select").GetProperty("post");
        Assert.Equal(
            ["200", "400", "401", "408", "413", "415", "503"],
            post.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
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

    private static async Task AssertReason(HttpResponseMessage response, HttpStatusCode status, string reason)
    {
        Assert.Equal(status, response.StatusCode);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.StartsWith(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
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

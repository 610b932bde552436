using System.Net;
using System.Text.Json;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>How a request ended.</summary>
internal enum Outcome
{
    Right,
    Refused,
    Gone,
    Wrong,
}

/// <summary>Requests whose answers the reference backend gave.</summary>
internal static class SelectBody
{
    private const int Bodies = 16;
    private const int Candidates = 32;

    private static readonly int[] Expected = Reference();

    public static byte[] Of(int id) => JsonSerializer.SerializeToUtf8Bytes(
        new { rewards = Rewards(id % Bodies), lambda = 0.5f, seed = id % Bodies });

    /// <summary>Sends a request and says how it ended.</summary>
    public static async Task<Outcome> Send(HttpClient client, int id)
    {
        using var content = new ByteArrayContent(Of(id));
        content.Headers.ContentType = new("application/json");
        try
        {
            using HttpResponseMessage response = await client.PostAsync("/v1/select", content);
            return await Judge(response, id);
        }
        catch (HttpRequestException)
        {
            return Outcome.Gone;
        }
    }

    public static async Task<Outcome> Judge(HttpResponseMessage response, int id)
    {
        JsonElement root = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        if (response.StatusCode == HttpStatusCode.OK)
        {
            int index = root.GetProperty("rows")[0].GetProperty("picks")[0].GetProperty("index").GetInt32();
            return index == Expected[id % Bodies] ? Outcome.Right : Outcome.Wrong;
        }

        bool hasReason = !string.IsNullOrEmpty(root.GetProperty("detail").GetString());
        return response.StatusCode == HttpStatusCode.ServiceUnavailable && hasReason ? Outcome.Refused : Outcome.Wrong;
    }

    private static int[] Reference()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });
        int[] picks = new int[Bodies];
        for (int id = 0; id < Bodies; id++)
        {
            engine.Select(
                Rewards(id),
                Rows.Dense(1, Candidates),
                new() { Lambda = 0.5f, Seed = (ulong)id },
                picks.AsSpan(id, 1));
        }

        return picks;
    }

    private static float[] Rewards(int id)
    {
        var random = new Random(id);
        return [.. Enumerable.Range(0, Candidates).Select(_ => random.NextSingle())];
    }
}

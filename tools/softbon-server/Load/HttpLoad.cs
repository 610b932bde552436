using SoftBoN.Server.Select;

namespace SoftBoN.Server.Load;

/// <summary>Clients at a server of this process, through its loopback address.</summary>
internal static class HttpLoad
{
    private const int Prompts = 256;
    private const int Candidates = 64;
    private const int Parts = 6;

    /// <summary>Runs the load and writes what came of it.</summary>
    public static async Task<bool> Run(int clients, TimeSpan duration, TextWriter output)
    {
        SelectRequest[] requests = [.. Enumerable.Range(0, Prompts).Select(Request)];
        int[] picks = Reference(requests);
        await using WebApplication app = ServerApp.Create([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
        });
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Send(http, requests[0]);
        output.WriteLine($"HTTP, {clients} clients, {duration.TotalSeconds:F0} s, 1 row of {Candidates}:");
        bool isRight = true;

        // Memory that grows shows from part to part, once connections and buffers of the first are there.
        for (int part = 0; part < Parts; part++)
        {
            LoadRun run = await LoadRun.Measure(clients, duration / Parts, async (client, i) =>
            {
                int prompt = ((client * 37) + i) % Prompts;
                return await Send(http, requests[prompt]) == picks[prompt];
            });
            isRight &= run.IsRight;
            output.WriteLine(
                $"  {run.PerSecond:F0} requests/s, p50 {run.Median:F0} us, p99 {run.P99:F0} us, {run.Requests} answers, "
                + $"{run.Errors} errors, {run.Wrong} wrong; {LoadMemory.LiveKibibytes} KiB live, "
                + $"{LoadMemory.ResidentMebibytes} MiB resident");
        }

        await app.StopAsync();
        return isRight;
    }

    private static async Task<int> Send(HttpClient http, SelectRequest request)
    {
        using HttpResponseMessage message = await http.PostAsJsonAsync(
            "/v1/select", request, SelectJson.Default.SelectRequest);
        message.EnsureSuccessStatusCode();
        SelectResponse? response = await message.Content.ReadFromJsonAsync(SelectJson.Default.SelectResponse);
        return response!.Rows[0].Picks[0].Index;
    }

    private static int[] Reference(SelectRequest[] requests)
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });
        int[] picks = new int[requests.Length];
        for (int i = 0; i < picks.Length; i++)
        {
            engine.Select(
                requests[i].Rewards,
                Rows.Dense(1, Candidates),
                new() { Lambda = 0.5f, Seed = (ulong)i, Position = 0ul },
                picks.AsSpan(i, 1));
        }

        return picks;
    }

    private static SelectRequest Request(int id)
    {
        var random = new Random(id);
        return new()
        {
            Rewards = [.. Enumerable.Range(0, Candidates).Select(_ => random.NextSingle())],
            Lambda = 0.5f,
            Seed = (ulong)id,
        };
    }
}

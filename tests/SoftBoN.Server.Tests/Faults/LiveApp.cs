using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SoftBoN.Server.Tests.Faults;

/// <summary>The server behind a loopback address, with its requests counted.</summary>
internal sealed class LiveApp : IAsyncDisposable
{
    private LiveApp(WebApplication app, RequestTally tally)
    {
        (App, Tally) = (app, tally);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }

    public RequestTally Tally { get; }

    public HttpClient Client { get; }

    public static async Task<LiveApp> Start(params (string Name, string Value)[] settings)
    {
        var tally = new RequestTally();
        WebApplication app = ServerApp.Create([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IStartupFilter>(tally);
            builder.Configuration.AddInMemoryCollection(
                settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        });
        await app.StartAsync();
        return new LiveApp(app, tally);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}

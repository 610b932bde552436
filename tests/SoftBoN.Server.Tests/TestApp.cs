using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace SoftBoN.Server.Tests;

/// <summary>The server in this process, without a network.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestApp(WebApplication app)
    {
        this.app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public static async Task<TestApp> Start(params (string Name, string Value)[] settings)
    {
        WebApplication app = ServerApp.Create([], builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(
                settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)));
        });
        await app.StartAsync();
        return new TestApp(app);
    }

    public Task<HttpResponseMessage> Select(string body) => Select(Encoding.UTF8.GetBytes(body));

    public Task<HttpResponseMessage> Select(byte[] body, string type = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Client.PostAsync("/v1/select", content);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Prometheus;
using SoftBoN.Server.Http;
using SoftBoN.Server.Select;

namespace SoftBoN.Server;

/// <summary>The server: what it is made of and which paths it has.</summary>
internal static class ServerApp
{
    /// <summary>How long a body's or an answer's rate is not looked at.</summary>
    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);

    /// <summary>Makes the server; the caller runs and disposes of it.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.Services.AddOptions<ServerOptions>()
            .BindKnown(builder.Configuration.GetSection("Server"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        Follow<KestrelServerOptions>(builder, (kestrel, options) => Limit(kestrel.Limits, options));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(
            endpoint => endpoint.Use(kestrel.ApplicationServices.GetRequiredService<Connections>().Watch)));
        Follow<HostOptions>(
            builder, (host, options) => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        builder.Services.AddSoftBonKernels(
            builder.Configuration.GetSection(SoftBonServiceCollectionExtensions.DefaultSection));
        builder.Services.AddHealthChecks().AddSoftBonSelfTest();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Reasons.Add);
        builder.Services.AddOpenApi(ApiDescription.Configure);
        builder.Services.AddSingleton<Connections>();
        builder.Services.AddSingleton<Uploads>();
        builder.Services.AddSingleton<WorkQueue>();
        builder.Services.ConfigureHttpJsonOptions(json => SelectJson.Configure(json.SerializerOptions));
        WebApplication app = builder.Build();
        Map(app);
        return app;
    }

    /// <summary>Options of the framework that follow the server's, which were checked by then.</summary>
    private static void Follow<TOptions>(WebApplicationBuilder builder, Action<TOptions, ServerOptions> set)
        where TOptions : class =>
        builder.Services.AddOptions<TOptions>()
            .Configure<IOptions<ServerOptions>>((options, server) => set(options, server.Value));

    private static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapHealthChecks("/healthz");
        app.MapOpenApi();
        CollectorRegistry registry = Metrics.NewCustomRegistry();
        var export = new MeterExport(registry);
        app.Lifetime.ApplicationStopped.Register(export.Dispose);
        app.MapMetrics(metrics => metrics.Registry = registry, "/metrics");
        app.MapPost("/v1/select", SelectEndpoint.Handle)
            .WithName("Select")
            .WithSummary("Picks candidates of each row with probability proportional to exp(reward / lambda).")
            .Accepts<SelectRequest>("application/json")
            .Produces<SelectResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static void Limit(KestrelServerLimits limits, ServerOptions options)
    {
        limits.MaxRequestBodySize = options.MaxBodyBytes;
        limits.MinRequestBodyDataRate = Rate(options.MinBodyBytesPerSecond);
        limits.MinResponseDataRate = Rate(options.MinAnswerBytesPerSecond);
    }

    private static MinDataRate? Rate(int bytesPerSecond) =>
        bytesPerSecond == 0 ? null : new MinDataRate(bytesPerSecond, RateGrace);
}

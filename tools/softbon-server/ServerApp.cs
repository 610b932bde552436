using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Prometheus;
using SoftBoN.Server.Http;
using SoftBoN.Server.Select;

namespace SoftBoN.Server;

/// <summary>The server: what it is made of and which paths it has.</summary>
internal static class ServerApp
{
    private const string SelectLimit = "select";

    /// <summary>Makes the server; the caller runs and disposes of it.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        IConfigurationSection section = builder.Configuration.GetSection("Server");
        builder.Services.AddOptions<ServerOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        ServerOptions options = section.Get<ServerOptions>() ?? new ServerOptions();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes);
        builder.Services.Configure<HostOptions>(
            host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        builder.Services.AddSoftBonKernels(
            builder.Configuration.GetSection(SoftBonServiceCollectionExtensions.DefaultSection));
        builder.Services.AddHealthChecks().AddSoftBonSelfTest();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        builder.Services.AddRateLimiter(limits => Limit(limits, options));
        builder.Services.ConfigureHttpJsonOptions(json => SelectJson.Configure(json.SerializerOptions));
        WebApplication app = builder.Build();
        Map(app, options);
        return app;
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.UseRateLimiter();
        app.MapHealthChecks("/healthz");
        app.MapOpenApi();
        CollectorRegistry registry = Metrics.NewCustomRegistry();
        IDisposable listening = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = registry,
            MetricFactory = Metrics.WithCustomRegistry(registry),
            InstrumentFilterPredicate = instrument =>
                instrument.Meter.Name.StartsWith("SoftBoN.", StringComparison.Ordinal)
                || instrument.Name == "http.server.request.duration",
        });
        app.Lifetime.ApplicationStopped.Register(listening.Dispose);
        app.MapMetrics(metrics => metrics.Registry = registry, "/metrics");
        app.MapPost("/v1/select", SelectEndpoint.Handle)
            .RequireRateLimiting(SelectLimit)
            .WithName("Select")
            .WithSummary("Picks candidates of each row with probability proportional to exp(reward / lambda).")
            .Accepts<SelectRequest>("application/json")
            .Produces<SelectResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static void Limit(RateLimiterOptions limits, ServerOptions options)
    {
        limits.AddConcurrencyLimiter(SelectLimit, limiter =>
        {
            limiter.PermitLimit = options.MaxConcurrent;
            limiter.QueueLimit = options.QueueLimit;
            limiter.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        limits.OnRejected = async (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            await TypedResults.Problem(
                $"{options.MaxConcurrent} requests are worked on and {options.QueueLimit} wait; try again later.",
                statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context.HttpContext);
        };
    }
}

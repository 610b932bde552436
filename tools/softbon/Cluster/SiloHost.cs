using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Orleans.Configuration;
using SoftBoN.Kernels.Orleans;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Cluster;

/// <summary>Makes the process a silo.</summary>
internal sealed class SiloHost : IDisposable
{
    /// <summary>The ADO.NET driver that comes along: PostgreSQL's.</summary>
    private const string Driver = "Npgsql";

    private readonly SiloSettings _settings;
    private readonly IHost _host;
    private readonly MeterProvider? _metrics;

    /// <summary>Who starts a silo is told in one line why it does not; whoever runs one gets Orleans's own words.</summary>
    private bool _isStarted;

    public SiloHost(SiloSettings settings)
    {
        _settings = settings;
        _metrics = ExportMetrics(settings.Name);
        _host = Build();
    }

    /// <summary>Starts the silo.</summary>
    /// <exception cref="FaultException">It does not start.</exception>
    public void Start()
    {
        try
        {
            _host.Start();
            _isStarted = true;
        }
        catch (Exception fault)
        {
            throw new FaultException($"silo {_settings.Name} does not start: {Reason(fault)}", fault);
        }
    }

    /// <summary>Waits until Ctrl-C or SIGTERM has ended the silo.</summary>
    public void WaitForEnd() => _host.WaitForShutdown();

    public void Dispose()
    {
        _host.Dispose();
        _metrics?.Dispose();
    }

    private string Reason(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is DeviceUnavailableException)
            {
                return FaultException.Reason(cause);
            }
        }

        return fault.GetBaseException() switch
        {
            OperationCanceledException when _settings.Table == SiloTable.FirstSilo =>
                $"the first silo, {_settings.First}, does not answer; start it with softbon cluster run, or mend --join",
            Exception cause => FaultException.Reason(cause),
        };
    }

    private IHost Build()
    {
        SiloSettings settings = _settings;
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);

        // Standard output has the line that tells that the silo is ready, and nothing else.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter((category, level) =>
            _isStarted && level >= LogLevel.Error && category?.StartsWith("Polly", StringComparison.Ordinal) != true);
        builder.UseOrleans(silo =>
        {
            silo.Configure<global::Orleans.Configuration.ClusterOptions>(options =>
                (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ClusterId));
            silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);
            silo.ConfigureEndpoints(settings.Silo.Address, settings.Silo.Port, settings.GatewayPort);
            KeepTable(silo, settings);
            silo.AddSoftBonKernels(options =>
            {
                options.Engine = settings.Engine;
                options.PartsAtOnce = settings.PartsAtOnce;
                options.MaxMessageBytes = settings.MessageBytes;
            });
        });
        return builder.Build();
    }

    /// <summary>
    /// Sends metrics where OpenTelemetry's own variables say, such as OTEL_EXPORTER_OTLP_ENDPOINT; null where they say
    /// nothing.
    /// </summary>
    private static MeterProvider? ExportMetrics(string silo)
    {
        string?[] endpoints =
        [
            Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"),
            Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"),
        ];
        return endpoints.All(string.IsNullOrEmpty)
            ? null
            : Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(resource => resource
                    .AddService("softbon", serviceInstanceId: silo)
                    .AddEnvironmentVariableDetector())
                .AddMeter("SoftBoN.*", "Microsoft.Orleans")
                .AddOtlpExporter()
                .Build();
    }

    private static void KeepTable(ISiloBuilder silo, SiloSettings settings)
    {
        switch (settings.Table)
        {
            case SiloTable.Redis:
                silo.UseRedisClustering(settings.Connection);
                break;
            case SiloTable.AdoNet:
                silo.UseAdoNetClustering(options =>
                    (options.Invariant, options.ConnectionString) = (Driver, settings.Connection));
                break;
            default:
                silo.UseDevelopmentClustering(settings.First);
                break;
        }
    }
}

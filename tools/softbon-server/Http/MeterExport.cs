using System.Diagnostics.Metrics;
using Prometheus;

namespace SoftBoN.Server.Http;

/// <summary>
/// Counters and histograms for Prometheus, by the names that OpenTelemetry gives them there: dots are underscores, the unit comes
/// behind, and counters end in _total.
/// </summary>
internal sealed class MeterExport : IDisposable
{
    private readonly MeterListener listener = new();

    public MeterExport(CollectorRegistry registry)
    {
        MetricFactory metrics = Metrics.WithCustomRegistry(registry);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (IsExported(instrument))
            {
                listening.EnableMeasurementEvents(instrument, new ExportedInstrument(instrument, metrics));
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((ExportedInstrument)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((ExportedInstrument)state!).Record(value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    private static bool IsExported(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("SoftBoN.", StringComparison.Ordinal)
        || instrument.Name == "http.server.request.duration";
}

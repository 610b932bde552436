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
    private readonly MetricFactory metrics;

    public MeterExport(CollectorRegistry registry)
    {
        metrics = Metrics.WithCustomRegistry(registry);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (IsExported(instrument))
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    private static bool IsExported(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("SoftBoN.", StringComparison.Ordinal)
        || instrument.Name == "http.server.request.duration";

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] labels = new string[tags.Length];
        string[] values = new string[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            labels[i] = Spell(tags[i].Key);
            values[i] = tags[i].Value?.ToString() ?? "";
        }

        string name = $"{Spell(instrument.Name)}{UnitOf(instrument)}";
        if (instrument is Counter<long> or Counter<double>)
        {
            metrics.CreateCounter($"{name}_total", instrument.Description ?? "", labels).WithLabels(values).Inc(value);
            return;
        }

        metrics.CreateHistogram(name, instrument.Description ?? "", labels, Buckets(instrument)).WithLabels(values).Observe(value);
    }

    private static string Spell(string name) => name.Replace('.', '_');

    private static string UnitOf(Instrument instrument) => instrument.Unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };

    /// <summary>Those that the instrument advises, if any; the exporter's own begin at 10 ms.</summary>
    private static HistogramConfiguration? Buckets(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } given } => new() { Buckets = [.. given] },
        Instrument<long> { Advice.HistogramBucketBoundaries: { } given } =>
            new() { Buckets = [.. given.Select(bound => (double)bound)] },
        _ => null,
    };
}

using System.Diagnostics.Metrics;
using Prometheus;

namespace SoftBoN.Server.Http;

/// <summary>One instrument on its way to Prometheus.</summary>
internal sealed class ExportedInstrument
{
    private readonly Instrument instrument;
    private readonly MetricFactory metrics;
    private readonly string name;
    private readonly HistogramConfiguration? buckets;

    /// <summary>The tags of an instrument are nearly always the same.</summary>
    private volatile Series? last;

    public ExportedInstrument(Instrument instrument, MetricFactory metrics)
    {
        (this.instrument, this.metrics) = (instrument, metrics);
        name = $"{Spell(instrument.Name)}{UnitOf(instrument)}";
        buckets = BucketsOf(instrument);
    }

    private bool IsCounter => instrument is Counter<long> or Counter<double>;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Series series = last is { } known && known.Has(tags) ? known : last = Find(tags);
        string[] values = new string[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            values[i] = tags[i].Value?.ToString() ?? "";
        }

        series.Counter?.WithLabels(values).Inc(value);
        series.Histogram?.WithLabels(values).Observe(value);
    }

    private static string Spell(string name) => name.Replace('.', '_');

    private static string UnitOf(Instrument instrument) => instrument.Unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };

    /// <summary>Those that the instrument advises, if any; the exporter's own begin at 10 ms.</summary>
    private static HistogramConfiguration? BucketsOf(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } given } => new() { Buckets = [.. given] },
        Instrument<long> { Advice.HistogramBucketBoundaries: { } given } =>
            new() { Buckets = [.. given.Select(bound => (double)bound)] },
        _ => null,
    };

    /// <summary>The registry has each once, whoever asks first.</summary>
    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] keys = new string[tags.Length];
        for (int i = 0; i < tags.Length; i++)
        {
            keys[i] = tags[i].Key;
        }

        string help = instrument.Description ?? "";
        string[] labels = Array.ConvertAll(keys, Spell);
        return IsCounter
            ? new Series(keys, metrics.CreateCounter($"{name}_total", help, labels), null)
            : new Series(keys, null, metrics.CreateHistogram(name, help, labels, buckets));
    }

    /// <summary>What is counted by one set of tags.</summary>
    private sealed record Series(string[] Keys, Counter? Counter, Histogram? Histogram)
    {
        public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length != Keys.Length)
            {
                return false;
            }

            for (int i = 0; i < tags.Length; i++)
            {
                if (tags[i].Key != Keys[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SoftBoN.Kernels;

/// <summary>
/// What the library measures of itself, under the name "SoftBoN.Kernels"; it costs next to nothing unheard.
/// </summary>
internal static class Telemetry
{
    public const string Name = "SoftBoN.Kernels";
    public const string BackendTag = "softbon.backend";
    public const string OperationTag = "softbon.operation";
    public const string DeviceTag = "softbon.device";
    public const string DirectionTag = "softbon.direction";

    private static readonly Meter Meter = new(Name);

    /// <summary>Bounds for durations of calls: the usual ones of exporters begin where calls end.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10],
    };

    public static ActivitySource Activities { get; } = new(Name);

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram(
        "softbon.operation.duration",
        "s",
        "How long calls take",
        tags: null,
        Seconds);

    public static Counter<long> Rows { get; } = Meter.CreateCounter<long>("softbon.rows", "{row}", "Rows of calls");

    public static Histogram<double> CompileDuration { get; } = Meter.CreateHistogram<double>(
        "softbon.kernel.compile.duration", "s", "How long the kernels of an engine took to compile");

    public static Counter<long> Fallbacks { get; } = Meter.CreateCounter<long>(
        "softbon.device.fallbacks", "{fallback}", "Devices that were there and that Auto could not use");

    public static Counter<long> TransferSize { get; } = Meter.CreateCounter<long>(
        "softbon.transfer.size", "By", "Bytes copied between the processor's memory and a device's");

    /// <summary>Counts a copy between the processor's memory and a device's.</summary>
    /// <param name="device">The device's name.</param>
    /// <param name="direction">in: to the device; out: from it.</param>
    /// <param name="bytes">How many bytes.</param>
    public static void Transferred(string device, string direction, long bytes)
    {
        if (TransferSize.Enabled)
        {
            TransferSize.Add(
                bytes,
                new KeyValuePair<string, object?>(DeviceTag, device),
                new KeyValuePair<string, object?>(DirectionTag, direction));
        }
    }

    /// <summary>Measures one call until it is disposed of.</summary>
    public static Call Start(string operation, SoftBonBackend backend, long rows) => new(operation, backend, rows);

    /// <summary>One call of an operation.</summary>
    internal readonly ref struct Call
    {
        private readonly string operation;
        private readonly SoftBonBackend backend;
        private readonly long rows;
        private readonly long start;
        private readonly Activity? activity;

        public Call(string operation, SoftBonBackend backend, long rows)
        {
            (this.operation, this.backend, this.rows) = (operation, backend, rows);
            start = Duration.Enabled ? Stopwatch.GetTimestamp() : 0;
            activity = Activities.StartActivity(operation);
            activity?.SetTag(BackendTag, BackendNames.Spell(backend));
            activity?.SetTag("softbon.rows", rows);
        }

        public void Dispose()
        {
            activity?.Dispose();
            if (start == 0 && !Rows.Enabled)
            {
                return;
            }

            var tags = new TagList
            {
                { OperationTag, operation },
                { BackendTag, BackendNames.Spell(backend) },
            };
            Rows.Add(rows, in tags);
            if (start != 0)
            {
                Duration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, in tags);
            }
        }
    }
}

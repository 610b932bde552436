using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SoftBoN.Kernels.Orleans;

/// <summary>What silos and clients measure, under the name "SoftBoN.Kernels.Orleans"; it costs next to nothing unheard.</summary>
internal static class ClusterTelemetry
{
    public const string Name = "SoftBoN.Kernels.Orleans";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> SiloParts = Meter.CreateCounter<long>(
        "softbon.silo.parts", "{part}", "Parts that a silo was given, by what became of them");

    private static readonly Histogram<double> SiloDuration = Meter.CreateHistogram<double>(
        "softbon.silo.part.duration", "s", "How long a silo worked on a part, without waiting");

    private static readonly Histogram<double> SiloWait = Meter.CreateHistogram<double>(
        "softbon.silo.part.wait", "s", "How long a part waited at a silo for its turn");

    private static readonly Counter<long> SiloBytes = Meter.CreateCounter<long>(
        "softbon.silo.bytes", "By", "Bytes of messages (in) and of results (out)");

    private static readonly Counter<long> ClientParts = Meter.CreateCounter<long>(
        "softbon.client.parts", "{part}", "Parts that a client sent, by what became of them");

    /// <summary>A part that a silo has done with.</summary>
    public static void AtSilo(in SiloPart part)
    {
        var tags = new TagList
        {
            { "softbon.silo", part.Silo },
            { "softbon.device", part.Device },
            { "softbon.operation", part.Operation.ToString() },
        };
        SiloDuration.Record(part.Worked.TotalSeconds, in tags);
        SiloWait.Record(part.Waited.TotalSeconds, in tags);
        TagList bytes = tags;
        bytes.Add("softbon.direction", "in");
        SiloBytes.Add(part.BytesIn, in bytes);
        bytes = tags;
        bytes.Add("softbon.direction", "out");
        SiloBytes.Add(part.BytesOut, in bytes);
        tags.Add("softbon.outcome", part.Fault.ToString());
        SiloParts.Add(1, in tags);
    }

    /// <summary>A part that a client sent to a silo.</summary>
    /// <param name="silo">The silo's name.</param>
    /// <param name="operation">What it asks for.</param>
    /// <param name="outcome">done, retried or failed.</param>
    public static void AtClient(string silo, PartOperation operation, string outcome) => ClientParts.Add(
        1,
        new KeyValuePair<string, object?>("softbon.silo", silo),
        new KeyValuePair<string, object?>("softbon.operation", operation.ToString()),
        new KeyValuePair<string, object?>("softbon.outcome", outcome));
}

/// <summary>A part, as a silo measured it.</summary>
internal readonly record struct SiloPart(
    string Silo,
    string Device,
    PartOperation Operation,
    PartFault Fault,
    TimeSpan Waited,
    TimeSpan Worked,
    long BytesIn,
    long BytesOut);

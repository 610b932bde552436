using System.Net;
using System.Text;
using SoftBoN.Tool.Cluster.Measure;

namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>A silo tells an OpenTelemetry collector what it does.</summary>
public sealed class ClusterMetricsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [LinuxFact]
    public async Task A_collector_gets_metrics_of_silo_device_and_operation()
    {
        using var collector = new HttpListener();
        string address = $"http://127.0.0.1:{Silos.FreePort()}/";
        collector.Prefixes.Add(address);
        collector.Start();
        Task<string> received = Receive(collector, "softbon.silo.parts");
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        };
        using SiloProcess silo = SiloProcess.Start(
            Silos.FreePort(), Silos.FreePort(), environment, "--name", "observed", "--device", "simd");
        ToolResult run = Tool.Select("""{"id":1,"rewards":[0.2,0.9]}""", "--cluster", $"127.0.0.1:{silo.GatewayPort}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string text = await received.WaitAsync(Patience);
        string[] expected =
        [
            "softbon.silo.parts", "softbon.silo.part.duration", "softbon.silo.part.wait", "softbon.silo.bytes",
            "softbon.silo", "observed", "softbon.device", "softbon.operation", "Select", "service.instance.id",
        ];
        Assert.All(expected, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    /// <summary>The first message with a word, byte for character: names in it are plain text.</summary>
    private static async Task<string> Receive(HttpListener collector, string word)
    {
        while (true)
        {
            HttpListenerContext call = await collector.GetContextAsync();
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            call.Response.Close();
            string text = Encoding.Latin1.GetString(body.ToArray());
            if (text.Contains(word, StringComparison.Ordinal))
            {
                Assert.Equal("/v1/metrics", call.Request.Url!.AbsolutePath);
                return text;
            }
        }
    }
}

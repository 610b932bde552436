using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;
using Spectre.Console;

namespace SoftBoN.Tool.Commands;

/// <summary>Measures from which size on calls are sooner done on the device, and files it for Auto.</summary>
internal sealed class CalibrateCommand : ToolCommand
{
    private readonly ToolHost _host;

    private readonly Option<string> _device = OptionKinds.Choice(
        "--device",
        "Which device to measure; auto takes the one that auto would run on.",
        BackendNames.Spell(SoftBonBackend.Auto),
        BackendNames.Spell(SoftBonBackend.Cuda),
        BackendNames.Spell(SoftBonBackend.OpenCl),
        BackendNames.Spell(SoftBonBackend.IlgpuCpu));

    private readonly Option<bool> _json = OptionKinds.Switch("--json", "One JSON object instead of a table.");

    private readonly Option<bool> _dryRun = OptionKinds.Switch("--dry-run", "Measure and print, and file nothing.");

    public CalibrateCommand(ToolHost host)
        : base("calibrate", "Measure below which batch size the processor beats the device, and file it for --device auto.")
    {
        _host = host;
        Add(_device);
        Add(_dryRun);
        Add(_json);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples => ["softbon calibrate", "softbon calibrate --device opencl --dry-run"];

    private int Run(ParseResult parsed)
    {
        using SoftBonEngine device = Open(BackendNames.Parse(parsed.GetRequiredValue(_device))!.Value);
        using SoftBonEngine host = SoftBonEngine.CreateHost(new SoftBonOptions
        {
            Backend = HostBackends.SimdObstacle == null ? SoftBonBackend.Simd : SoftBonBackend.Reference,
        });
        IReadOnlyList<CrossoverPoint> points = Crossover.Measure(device, host);
        long below = Crossover.HostCallsBelow(points);
        string filed = parsed.GetValue(_dryRun) ? "" : Calibration.Path;
        if (filed.Length > 0)
        {
            Calibration.Save(device.Device.CalibrationKey, below, DateTimeOffset.Now);
        }

        using StreamWriter output = _host.OpenText();
        if (parsed.GetValue(_json))
        {
            WriteJson(device.Device, points, below, filed, output);
        }
        else
        {
            WriteTable(device.Device, points, below, filed, Tables.Console(output, _host.OutputIsTerminal));
        }

        return ExitCodes.Done;
    }

    private static SoftBonEngine Open(SoftBonBackend backend)
    {
        SoftBonEngine engine;
        try
        {
            engine = SoftBonEngine.Create(new SoftBonOptions { Backend = backend, HostCallsBelow = 0 });
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }

        if (BackendNames.IsDevice(engine.Device.Backend))
        {
            return engine;
        }

        string reason = engine.Device.Reason;
        engine.Dispose();
        throw new FaultException($"there is no device to calibrate; {reason} See softbon doctor");
    }

    private static void WriteTable(
        SoftBonDevice device, IReadOnlyList<CrossoverPoint> points, long below, string filed, IAnsiConsole console)
    {
        console.WriteLine($"{BackendNames.Spell(device.Backend)}: {device.Description}");
        Table table = Tables.Create("candidates", "device, us", "processor, us", "faster");
        foreach (CrossoverPoint point in points)
        {
            table.AddTextRow(
                Tables.Count(point.Candidates),
                Microseconds(point.DeviceSeconds),
                Microseconds(point.HostSeconds),
                point.IsHostFaster ? "processor" : "device");
        }

        console.Write(table);
        console.WriteLine(below switch
        {
            0 => "The device is faster at every size.",
            Calibration.Never => "The processor is faster at every size that was measured.",
            _ => $"Calls of fewer than {Tables.Count(below)} candidates are sooner done on the processor.",
        });
        if (filed.Length > 0)
        {
            console.WriteLine($"Filed in {filed}");
        }
    }

    private static void WriteJson(
        SoftBonDevice device, IReadOnlyList<CrossoverPoint> points, long below, string filed, StreamWriter output)
    {
        output.Flush();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(output.BaseStream, options))
        {
            json.WriteStartObject();
            json.WriteString("backend", BackendNames.Spell(device.Backend));
            json.WriteString("device", device.Description);
            json.WriteNumber("host_calls_below", below);
            json.WriteString("filed", filed);
            json.WriteStartArray("points");
            foreach (CrossoverPoint point in points)
            {
                json.WriteStartObject();
                json.WriteNumber("candidates", point.Candidates);
                json.WriteNumber("device_seconds", point.DeviceSeconds);
                json.WriteNumber("host_seconds", point.HostSeconds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    private static string Microseconds(double seconds) =>
        (seconds * 1e6).ToString("F0", CultureInfo.InvariantCulture);
}

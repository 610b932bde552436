using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;
using Spectre.Console;

namespace SoftBoN.Tool.Commands;

/// <summary>Says what this machine can do, and why not more. It never fails: what fails is what it reports.</summary>
internal sealed class DoctorCommand : ToolCommand
{
    private readonly ToolHost _host;
    private readonly Option<bool> _json = OptionKinds.Switch("--json", "One JSON object instead of tables.");

    public DoctorCommand(ToolHost host)
        : base("doctor", "Say what this machine and runtime offer, and what each backend can do here, or why not.")
    {
        _host = host;
        Add(_json);
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples => ["softbon doctor", "softbon doctor --json"];

    private int Run(ParseResult parsed)
    {
        IReadOnlyList<MachineFact> facts = Machine.Describe();
        IReadOnlyList<BackendReport> backends = Machine.ProbeBackends();
        IReadOnlyList<DeviceReport> devices = SoftBonDevices.Probe();
        using StreamWriter output = _host.OpenText();
        if (parsed.GetValue(_json))
        {
            WriteJson(facts, backends, devices, output);
        }
        else
        {
            WriteTables(facts, backends, devices, Tables.Console(output, _host.OutputIsTerminal));
        }

        return ExitCodes.Done;
    }

    private static void WriteJson(
        IReadOnlyList<MachineFact> facts,
        IReadOnlyList<BackendReport> backends,
        IReadOnlyList<DeviceReport> devices,
        StreamWriter output)
    {
        output.Flush();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(output.BaseStream, options))
        {
            json.WriteStartObject();
            foreach (MachineFact fact in facts)
            {
                json.WriteString(fact.Key, fact.Value);
            }

            json.WriteStartObject("backends");
            foreach (BackendReport backend in backends)
            {
                json.WriteStartObject(backend.Name);
                json.WriteBoolean("usable", backend.Usable);
                json.WriteString("description", backend.Description);
                json.WriteString("reason", backend.Reason);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            WriteDevices(json, devices);
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    private static void WriteDevices(Utf8JsonWriter json, IReadOnlyList<DeviceReport> devices)
    {
        json.WriteStartArray("devices");
        foreach (DeviceReport device in devices)
        {
            json.WriteStartObject();
            json.WriteString("backend", BackendNames.Spell(device.Backend));
            json.WriteString("name", device.Name);
            json.WriteBoolean("available", device.IsAvailable);
            json.WriteNumber("index", device.Index);
            json.WriteBoolean("gpu", device.IsGpu);
            json.WriteNumber("memory", device.Memory);
            json.WriteString("version", device.Version);
            json.WriteString("reason", device.Reason);
            json.WriteString("cure", device.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTables(
        IReadOnlyList<MachineFact> facts,
        IReadOnlyList<BackendReport> backends,
        IReadOnlyList<DeviceReport> devices,
        IAnsiConsole console)
    {
        Table machine = Tables.Create("machine", "");
        foreach (MachineFact fact in facts)
        {
            machine.AddTextRow(fact.Name, fact.Value);
        }

        console.Write(machine);
        Table table = Tables.Create("backend", "usable", "runs on", "why");
        foreach (BackendReport backend in backends)
        {
            table.AddTextRow(backend.Name, backend.Usable ? "yes" : "no", backend.Description, backend.Reason);
        }

        console.Write(table);
        Table found = Tables.Create("devices and libraries", "usable", "memory", "version", "why not, and what to do");
        foreach (DeviceReport device in devices)
        {
            found.AddTextRow(
                $"{BackendNames.Spell(device.Backend)}: {device.Name}",
                device.IsAvailable ? $"yes, number {device.Index}" : "no",
                device.Memory > 0 ? $"{device.Memory / (double)(1L << 30):F1} GiB" : "-",
                device.Version.Length > 0 ? device.Version : "-",
                device.IsAvailable ? "-" : $"{device.Reason}. {device.Cure}");
        }

        console.Write(found);
    }
}

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
        using StreamWriter output = _host.OpenText();
        if (parsed.GetValue(_json))
        {
            WriteJson(facts, backends, output);
        }
        else
        {
            WriteTables(facts, backends, Tables.Console(output, _host.OutputIsTerminal));
        }

        return ExitCodes.Done;
    }

    private static void WriteJson(
        IReadOnlyList<MachineFact> facts, IReadOnlyList<BackendReport> backends, StreamWriter output)
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
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    private static void WriteTables(
        IReadOnlyList<MachineFact> facts, IReadOnlyList<BackendReport> backends, IAnsiConsole console)
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
    }
}

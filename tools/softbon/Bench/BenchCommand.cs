using System.CommandLine;
using System.Globalization;
using System.Text;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Plots;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;
using SoftBoN.Tool.Study.Frame;
using Spectre.Console;

namespace SoftBoN.Tool.Bench;

/// <summary>Times the operations on what runs here, each checked first.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private const double QuietShare = 0.95;
    private const int MostCandidates = 1 << 26;

    /// <summary>Left out of the environment: no matter of speed, or what two runs are compared for.</summary>
    private static readonly string[] Apart = ["version", "calibration", "softbon_backend"];

    private readonly ToolHost _host;

    private readonly Option<string> _operation = OptionKinds.Choice(
        "--op", "The operation to time.", ["all", .. BenchRun.Operations.Select(Word)]);

    private readonly Option<string> _device = OptionKinds.Choice(
        "--device", "What to time beside the scalar reference; auto is all that runs here.", [.. BackendNames.Names]);

    private readonly Option<string?> _shapes = OptionKinds.OptionalText(
        "--shape", "RxN,RxN,…", "Batches of R rows of N candidates; a choice of them if not given.");

    private readonly Option<bool> _quick = OptionKinds.Switch("--quick", "Fewer batches and rounds: about a minute.");

    private readonly Option<string> _out = OptionKinds.Text(
        "--out", "DIR", "Where bench.json, bench.csv and the plots go.");

    public BenchCommand(ToolHost host)
        : base("bench", "Time the operations here, on processor and devices, after checking their bits.")
    {
        _host = host;
        _out.Required = true;
        foreach (Option option in (Option[])[_operation, _device, _shapes, _quick, _out])
        {
            Add(option);
        }

        Add(new BenchCompareCommand(host));
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "softbon bench --quick --out bench-before",
        "softbon bench --op selection --device simd --shape 8192x64,128x4096 --out bench-selection",
        "softbon bench compare bench-before bench-after",
    ];

    private int Run(ParseResult parsed)
    {
        string folder = parsed.GetRequiredValue(_out);
        bool quick = parsed.GetValue(_quick);
        Shape[] shapes = Shapes(parsed, quick);
        string[] operations = [.. BenchRun.Operations.Where(operation =>
            parsed.GetRequiredValue(_operation) is "all" || parsed.GetRequiredValue(_operation) == Word(operation))];
        OutputFolder.Create(folder);
        IReadOnlyList<BenchEngine> engines = BenchEngine.Open(parsed.GetRequiredValue(_device));
        try
        {
            (List<BenchRow> rows, double share) = Measure(operations, shapes, engines, quick);
            var file = new BenchFile(Command(parsed), Environment(engines, quick), Version(), rows);
            Write(folder, file, operations, engines);
            Print(rows, share);
            return ExitCodes.Done;
        }
        catch (OtherBitsException fault)
        {
            _host.Error.WriteLine($"softbon: {fault.Message}");
            return ExitCodes.OtherBits;
        }
        finally
        {
            foreach (BenchEngine engine in engines)
            {
                engine.Dispose();
            }
        }
    }

    private (List<BenchRow> Rows, double Share) Measure(
        string[] operations, Shape[] shapes, IReadOnlyList<BenchEngine> engines, bool quick)
    {
        var progress = new StudyProgress(_host.Error, _host.ErrorIsTerminal, operations.Length * shapes.Length);
        var rows = new List<BenchRow>();
        double least = double.PositiveInfinity;
        foreach (string operation in operations)
        {
            foreach (Shape shape in shapes)
            {
                progress.Begin($"{operation}, {shape}");
                (IReadOnlyList<BenchRow> more, double share) = BenchRun.Measure(
                    operation, shape, engines, quick, isFirst: shape == shapes[0]);
                rows.AddRange(more);
                least = Math.Min(least, share);
            }
        }

        progress.Erase();
        return (rows, least);
    }

    private static void Write(
        string folder, BenchFile file, string[] operations, IReadOnlyList<BenchEngine> engines)
    {
        var table = new DataTable(BenchRow.Table);
        foreach (BenchRow row in file.Rows)
        {
            table.Add(row.Cells());
        }

        WriteFile(folder, BenchFile.Name, file.Write);
        WriteFile(folder, "bench.csv", stream => CsvFile.Write(table, stream));
        string[] names = [.. engines.Select(engine => engine.Name)];
        foreach (Chart chart in operations.SelectMany(operation => BenchCharts.Of(operation, file.Rows, names)))
        {
            WriteFile(
                folder,
                chart.Name + ".svg",
                stream => stream.Write(Encoding.UTF8.GetBytes(ChartFile.Svg(chart, notes: false))));
            WriteFile(folder, chart.Name + ".png", stream => ChartFile.WritePng(chart, stream));
        }
    }

    private static void WriteFile(string folder, string name, Action<MemoryStream> write)
    {
        using var content = new MemoryStream();
        write(content);
        OutputFolder.Write(folder, name, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    private void Print(IReadOnlyList<BenchRow> rows, double share)
    {
        using StreamWriter output = _host.OpenText();
        IAnsiConsole console = Tables.Console(output, _host.OutputIsTerminal);
        Table table = Tables.Create("case", "engine", "ns/candidate", "quartiles", "call, us", "GB/s", "of ceiling");
        foreach (BenchRow row in rows)
        {
            table.AddTextRow(
                row.Case,
                row.Name,
                Tables.Number(row.Nanoseconds.Median),
                $"{Tables.Number(row.Nanoseconds.Lower)} to {Tables.Number(row.Nanoseconds.Upper)}",
                Tables.Number(row.CallMicroseconds),
                Tables.Number(row.GigabytesPerSecond),
                double.IsNaN(row.PercentOfCeiling)
                    ? "-"
                    : string.Create(CultureInfo.InvariantCulture, $"{row.PercentOfCeiling:F0} %"));
        }

        console.Write(table);
        if (share < QuietShare)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The machine was not quiet: a case got {share:P0} of a processor. Do not quote these figures."));
        }
    }

    private Shape[] Shapes(ParseResult parsed, bool quick) => parsed.GetValue(_shapes) is { } list
        ? [.. list.Split(',').Select(text => ParseShape(text.Trim())).Distinct()]
        : [.. BenchRun.Shapes(quick)];

    private static Shape ParseShape(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            && rows > 0 && columns > 0 && (long)rows * columns <= MostCandidates
            ? new(rows, columns)
            : throw new FaultException(
                $"--shape: {text} is no batch of 1 to {MostCandidates} candidates; write 8192x64");
    }

    private static Dictionary<string, string> Environment(IReadOnlyList<BenchEngine> engines, bool quick) =>
        Machine.Describe().Where(fact => !Apart.Contains(fact.Key))
            .Select(fact => KeyValuePair.Create(fact.Name, fact.Value))
            .Append(KeyValuePair.Create("rounds", quick ? "quick" : "full"))
            .Concat(engines.Select(engine => KeyValuePair.Create(engine.Name, engine.Engine.Device.Description)))
            .ToDictionary();

    private static string Version() => Machine.Describe().Single(fact => fact.Key == "version").Value;

    private string Command(ParseResult parsed)
    {
        var text = new StringBuilder("softbon bench");
        text.Append(CultureInfo.InvariantCulture, $" --op {parsed.GetRequiredValue(_operation)}");
        text.Append(CultureInfo.InvariantCulture, $" --device {parsed.GetRequiredValue(_device)}");
        if (parsed.GetValue(_shapes) is { } shapes)
        {
            text.Append(CultureInfo.InvariantCulture, $" --shape {shapes}");
        }

        return text.Append(parsed.GetValue(_quick) ? " --quick --out DIR" : " --out DIR").ToString();
    }

    /// <summary>An operation's name as one word.</summary>
    private static string Word(string operation) => operation.Replace(' ', '-');
}

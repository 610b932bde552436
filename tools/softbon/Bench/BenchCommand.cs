using System.CommandLine;
using System.Globalization;
using System.Text;
using SoftBoN.Kernels.Jobs;
using SoftBoN.Kernels.Jobs.Results;
using SoftBoN.Kernels.Plots;
using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Commands;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;
using SoftBoN.Tool.Study.Frame;

namespace SoftBoN.Tool.Bench;

/// <summary>Times the operations on what runs here, each checked first.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private const int MostElements = 1 << 26;

    /// <summary>Left out of the environment: no matter of speed, or what two runs are compared for.</summary>
    private static readonly string[] Apart = ["version", "calibration", "softbon_backend"];

    private readonly ToolHost _host;

    private readonly Option<string> _operation = OptionKinds.Choice(
        "--op", "The operation to time.", ["all", .. Operation.All.Select(operation => operation.Word)]);

    private readonly Option<string> _device = OptionKinds.Choice(
        "--device", "What to time beside the scalar reference; auto is all that runs here.", [.. BackendNames.Names]);

    private readonly Option<string?> _shapes = OptionKinds.OptionalText(
        "--shape", "RxN,RxN,…", "Batches of R rows of N elements; a choice of them if not given.");

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
        (Operation Operation, Shape[] Shapes)[] work = [.. Operation.All
            .Where(one => parsed.GetRequiredValue(_operation) is "all" || parsed.GetRequiredValue(_operation) == one.Word)
            .Select(one => (one, Shapes(parsed, one, quick)))];
        OutputFolder.Create(folder);
        using var engines = new JobEngines(BackendNames.Parse(parsed.GetRequiredValue(_device))!.Value);
        Start(engines.Running);
        try
        {
            (List<BenchRow> rows, double share) = Measure(work, engines.Running, quick);
            var file = new BenchFile(
                Command(parsed), Environment(engines.Running, quick), Version(), share, engines.Absent, rows);
            Write(folder, file, [.. engines.Running.Select(engine => engine.Name)]);
            using StreamWriter output = _host.OpenText();
            BenchTable.Print(file, Tables.Console(output, _host.OutputIsTerminal));
            return ExitCodes.Done;
        }
        catch (OtherBitsException fault)
        {
            _host.Error.WriteLine($"softbon: {fault.Message}");
            return ExitCodes.OtherBits;
        }
    }

    private static void Start(IReadOnlyList<JobEngine> engines)
    {
        try
        {
            foreach (JobEngine engine in engines)
            {
                _ = engine.Engine;
            }
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new FaultException(FaultException.Reason(fault), fault);
        }
    }

    private (List<BenchRow> Rows, double Share) Measure(
        (Operation Operation, Shape[] Shapes)[] work, IReadOnlyList<JobEngine> engines, bool quick)
    {
        var progress = new StudyProgress(_host.Error, _host.ErrorIsTerminal, work.Sum(one => one.Shapes.Length));
        var rows = new List<BenchRow>();
        double least = double.PositiveInfinity;
        foreach ((Operation operation, Shape[] shapes) in work)
        {
            var run = new BenchRun(operation, engines, quick);
            rows.AddRange(run.MeasureCold(shapes[0]));
            foreach (Shape shape in shapes)
            {
                progress.Begin($"{operation.Name}, {shape}");
                (IReadOnlyList<BenchRow> more, double share) = run.Measure(shape, isFirst: shape == shapes[0]);
                rows.AddRange(more);
                least = Math.Min(least, share);
            }
        }

        progress.Erase();
        return (rows, least);
    }

    private static void Write(string folder, BenchFile file, IReadOnlyList<string> engines)
    {
        WriteFile(folder, BenchFile.Name, file.Write);
        WriteFile(folder, "bench.csv", stream => CsvFile.Write(BenchTable.Of(file.Rows), stream));
        foreach (Chart chart in file.Rows.GroupBy(row => row.Operation)
            .SelectMany(own => BenchCharts.Of(Operation.Of(own.Key), [.. own], engines)))
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

    private Shape[] Shapes(ParseResult parsed, Operation operation, bool quick)
    {
        Shape[] shapes = parsed.GetValue(_shapes) is { } list
            ? [.. list.Split(',').Select(text => ParseShape(text.Trim())).Distinct()]
            : [.. operation.Shapes(quick)];
        return shapes.FirstOrDefault(shape => shape.Columns > operation.LongestRow) is { Columns: > 0 } tooLong
            ? throw new FaultException(
                $"--shape: {tooLong} has rows too long for {operation.Word}; they have at most {operation.LongestRow} elements")
            : shapes;
    }

    private static Shape ParseShape(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            && rows > 0 && columns > 0 && (long)rows * columns <= MostElements
            ? new(rows, columns)
            : throw new FaultException(
                $"--shape: {text} is no batch of 1 to {MostElements} elements; write 8192x64");
    }

    private static Dictionary<string, string> Environment(IReadOnlyList<JobEngine> engines, bool quick) =>
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
}

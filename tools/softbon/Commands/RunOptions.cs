using System.CommandLine;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Commands;

/// <summary>What commands over rows have in common: input, output, table, engine; and the run itself.</summary>
internal sealed class RunOptions(ToolHost host)
{
    private readonly InputOptions _input = new();

    private readonly Option<string> _output = OptionKinds.Output(
        "JSON Lines or Parquet, a line or row per line or prompt of the input; a folder for part files; - is standard output.");

    private readonly Option<bool> _table = OptionKinds.Switch(
        "--table", "Print a table and a summary to standard output; JSON goes to --output only if that is a file.");

    private readonly EngineOptions _engine = new(takesCluster: true);

    private readonly ColumnarOptions _columnar = new();

    public InputOptions Input => _input;

    public ColumnarOptions Columnar => _columnar;

    public EngineOptions Engine => _engine;

    public bool ShowsTable(ParseResult parsed) => parsed.GetValue(_table);

    public void AddTo(Command command, Action addOwn)
    {
        _input.AddFileTo(command);
        command.Add(_output);
        addOwn();
        command.Add(_table);
        _input.AddFormTo(command);
        _columnar.AddTo(command);
        _engine.AddTo(command);
    }

    public int Run(ParseResult parsed, RowRules rules, BatchLimits limits, IRowWork work)
    {
        string inputName = _input.Name(parsed);
        string outputName = parsed.GetRequiredValue(_output);
        Files.RefuseSame("--input", inputName, outputName);
        Hint(inputName);
        if (_input.IsColumnar(parsed))
        {
            RefuseTable(parsed);
            var columns = new ColumnarInput("--input", inputName, _input.ColumnFormat(parsed), _input.ColumnNames(parsed, rules));
            return new ColumnarCommand(host, columns, _columnar, _engine).Run(parsed, rules, limits, work, outputName);
        }

        _columnar.RefuseWithout(parsed, "as text");
        using Stream input = Files.OpenInput(inputName, host);
        IRowSource source = _input.Open(parsed, input, rules);
        if (_columnar.OutputFormat(parsed, outputName) is { } format)
        {
            RefuseTable(parsed);
            return WholeFile.Write(host, outputName, path =>
            {
                var summary = new Summary(countDuplicates: false);
                ColumnarCommand.RunText(source, work, limits, format, path, summary);
                return Judge(summary);
            });
        }

        bool table = parsed.GetValue(_table);
        bool toFile = outputName != InputOptions.Standard;
        using var sink = new OutputSink(
            Files.OpenOutput(outputName, host), host.Error, atomic: toFile || !table);
        ResultTable? shown = table ? new ResultTable(work.Heads) : null;
        var pump = new BatchPump(source, work, table && !toFile ? null : new LineWriter(sink), shown);
        var progress = new Progress(host.Error, host.ErrorIsTerminal && (toFile || table || !host.OutputIsTerminal));
        pump.Run(limits, progress, CancellationToken.None);
        sink.Complete();
        using (StreamWriter text = host.OpenText())
        {
            pump.Table?.Write(Tables.Console(text, host.OutputIsTerminal), pump.Summary, progress.Elapsed);
        }

        return Judge(pump.Summary);
    }

    private void RefuseTable(ParseResult parsed)
    {
        if (parsed.GetValue(_table))
        {
            throw new FaultException("--table shows text alone; drop it for Parquet, or write JSON Lines");
        }
    }

    private void Hint(string input)
    {
        if (input == InputOptions.Standard && host.InputIsTerminal)
        {
            host.Error.WriteLine("softbon: reading standard input; Ctrl-D ends it, --input FILE reads a file");
        }
    }

    private int Judge(Summary summary)
    {
        if (summary.Unreadable == 0)
        {
            return ExitCodes.Done;
        }

        host.Error.WriteLine(
            $"softbon: {Tables.Count(summary.Unreadable)} of {Tables.Count(summary.Lines)} lines unreadable; "
            + "the output has an \"error\" for each");
        return ExitCodes.SomeUnreadable;
    }
}

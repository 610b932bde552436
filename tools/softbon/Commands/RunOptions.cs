using System.CommandLine;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Commands;

/// <summary>What commands over rows have in common: input, output, table, engine; and the run itself.</summary>
internal sealed class RunOptions(ToolHost host)
{
    private readonly InputOptions _input = new();

    private readonly Option<string> _output = OptionKinds.Output(
        "JSON Lines, one line per line of the input; - is standard output.");

    private readonly Option<bool> _table = OptionKinds.Switch(
        "--table", "Print a table and a summary to standard output; JSON goes to --output only if that is a file.");

    private readonly EngineOptions _engine = new();

    public InputOptions Input => _input;

    public EngineOptions Engine => _engine;

    public void AddTo(Command command, Action addOwn)
    {
        _input.AddFileTo(command);
        command.Add(_output);
        addOwn();
        command.Add(_table);
        _input.AddFormTo(command);
        _engine.AddTo(command);
    }

    public int Run(ParseResult parsed, RowRules rules, BatchLimits limits, IRowWork work)
    {
        string inputName = _input.Name(parsed);
        string outputName = parsed.GetRequiredValue(_output);
        Files.RefuseSame("--input", inputName, outputName);
        Hint(inputName);
        using Stream input = Files.OpenInput(inputName, host);
        IRowSource source = _input.Open(parsed, input, rules);
        bool table = parsed.GetValue(_table);
        bool toFile = outputName != InputOptions.Standard;
        using var sink = new OutputSink(Files.OpenOutput(outputName, host), atomic: toFile || !table);
        var pump = new BatchPump(source, work, table && !toFile ? null : sink, table ? new ResultTable() : null);
        var progress = new Progress(host.Error, host.ErrorIsTerminal && (toFile || table || !host.OutputIsTerminal));
        pump.Run(limits, progress, CancellationToken.None);
        using (StreamWriter text = host.OpenText())
        {
            pump.Table?.Write(Tables.Console(text, host.OutputIsTerminal), pump.Summary, progress.Elapsed);
        }

        return Judge(pump.Summary);
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

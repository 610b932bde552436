using System.CommandLine;
using System.Text;
using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Commands;

/// <summary>A command over rows, on files of columns.</summary>
internal sealed class ColumnarCommand(ToolHost host, ColumnarInput input, ColumnarOptions options, EngineOptions engine)
{
    public int Run(ParseResult parsed, RowRules rules, BatchLimits limits, IRowWork work, string output)
    {
        // Before anything is held: a limit below what is in use already is refused.
        HeapLimit.Set(host, options.Memory(parsed));
        using var held = new HeldInput(input.Name, host);
        TableFormat? outputFormat = options.OutputFormat(parsed, output);
        (int shard, int shards) = options.Shard(parsed);
        IReadOnlyList<Part> parts = PartList.Find(held.Path, input.Format, input.Option);
        ColumnNames names = input.Names with { Keep = options.Keep(parsed) };
        using Grouping? grouping = options.Groups(parsed) ? new Grouping(names, options.Memory(parsed) / 8, host.Error) : null;
        bool toFolder = IsFolder(parts, output);
        outputFormat = toFolder && !options.SaysOutputFormat(parsed) ? TableFormat.Parquet : outputFormat;
        if (grouping is not null)
        {
            RefuseShards(shards);
            parts = [grouping.Sort(parts)];
        }

        parts = Part.Cut(parts, shards);
        var settings = new ColumnarSettings
        {
            Names = names,
            Clock = input.Clock,
            Rules = rules,
            Limits = limits,
            Parts = parts,
            Losses = grouping?.Losses ?? Losses.None,
            Shard = shard,
            Shards = shards,
            Output = output,
            OutputIsFolder = toFolder,
            OutputFormat = outputFormat ?? TableFormat.Parquet,
            Resume = options.Resumes(parsed),
            Annotate = options.Annotates(parsed),
            Run = options.Run(parsed, input.Mark),
            Memory = options.Memory(parsed),
            Threads = engine.Threads(parsed),
        };
        Check(settings, outputFormat);
        return outputFormat is null ? RunToLines(settings, parsed, work, output)
            : WholeFile.Write(host, output, path => RunToFiles(settings with { Output = path }, parsed, work));
    }

    /// <summary>A batch of text goes into one file of columns.</summary>
    public static void RunText(
        IRowSource source, IRowWork work, BatchLimits limits, TableFormat format, string output, Summary summary)
    {
        var clock = new StageClock();
        using var queue = new EncodeQueue(clock);
        var columns = new RowColumns(work.Members, idsAreNumbers: false, candidatesAreNumbers: false);
        using var rows = new RowsOutput(columns, [], output, new OutputForm(format, "", "", queue));
        var batch = new RowBatch(limits);
        while (source.Read(batch))
        {
            work.Compute(batch, CancellationToken.None);
            rows.Add(batch, [], work);
            foreach (BatchEntry entry in batch.Entries)
            {
                summary.Add(batch, entry, work);
            }
        }

        rows.Complete(new PartLosses());
    }

    private void Check(ColumnarSettings settings, TableFormat? format)
    {
        if (format is null && (settings.Annotate || settings.Names.Keep.Length > 0 || settings.Resume))
        {
            throw new FaultException(
                "--annotate, --keep-columns and --resume write files of columns; name one, or a folder, with --output");
        }

        if (!settings.OutputIsFolder && format is not null && settings.Mine.Count > 1)
        {
            throw new FaultException(
                $"--output {settings.Output} is one file for {settings.Mine.Count} parts; name a folder");
        }

        foreach (Part part in format is null || settings.Output == InputOptions.Standard ? [] : settings.Parts)
        {
            Files.RefuseSame(input.Option, part.Path, settings.PathOf(part));
        }

        if (settings.OutputIsFolder
            && settings.Parts.GroupBy(settings.PathOf).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FaultException($"several parts of the input would become {twice.Key}; rename all but one");
        }
    }

    private static void RefuseShards(int shards)
    {
        if (shards > 1)
        {
            throw new FaultException("--group makes one part of the input, so there is nothing to --shard; give one of them");
        }
    }

    private bool IsFolder(IReadOnlyList<Part> parts, string output) =>
        output != InputOptions.Standard
        && (Directory.Exists(output)
            || output.EndsWith('/')
            || (PartList.IsMany(input.Name) && Path.GetExtension(output).Length == 0)
            || (parts.Count > 1 && Path.GetExtension(output).Length == 0));

    private int RunToFiles(ColumnarSettings settings, ParseResult parsed, IRowWork work)
    {
        if (settings.OutputIsFolder)
        {
            Directory.CreateDirectory(settings.Output);
        }

        var run = new ColumnarRun(settings, work, null, host.Error);
        run.Run(new Progress(host.Error, host.ErrorIsTerminal));
        return Judge(run.Totals, parsed);
    }

    private int RunToLines(ColumnarSettings settings, ParseResult parsed, IRowWork work, string output)
    {
        using var sink = new OutputSink(Files.OpenOutput(output, host), host.Error, atomic: true);
        var run = new ColumnarRun(settings, work, new LineWriter(sink), host.Error);
        run.Run(new Progress(host.Error, host.ErrorIsTerminal && (output != InputOptions.Standard || !host.OutputIsTerminal)));
        sink.Complete();
        return Judge(run.Totals, parsed);
    }

    private int Judge(ColumnarTotals totals, ParseResult parsed)
    {
        if (options.Summary(parsed) is { } file)
        {
            using Stream stream = Files.OpenOutput(file, host);
            stream.Write(Encoding.UTF8.GetBytes(totals.ToJson() + "\n"));
            (stream as PartialFile)?.TakePlace();
        }

        if (host.ErrorIsTerminal)
        {
            host.Error.WriteLine($"softbon: {totals.ToText()}");
        }

        if (totals.PartsFailed > 0)
        {
            host.Error.WriteLine(
                $"softbon: {totals.PartsFailed} of {totals.PartsFailed + totals.Parts} parts failed"
                + (totals.Parts > 0 ? ", the others are written" : ""));
        }

        if (totals.GroupsLost > 0)
        {
            string lost = totals.GroupsLost == 1 ? "row group is" : "row groups are";
            host.Error.WriteLine($"softbon: {totals.GroupsLost} {lost} lost, the others are worked on");
        }

        if (totals.Unreadable > 0)
        {
            host.Error.WriteLine(
                $"softbon: {Tables.Count(totals.Unreadable)} of {Tables.Count(totals.Prompts)} prompts unreadable; "
                + "the output has an \"error\" for each");
        }

        if (totals.UnreadableKept > 0)
        {
            host.Error.WriteLine(
                $"softbon: {Tables.Count(totals.UnreadableKept)} prompts unreadable in the parts that are kept; "
                + "the output has an \"error\" for each");
        }

        return totals.PartsFailed + totals.GroupsLost + totals.Unreadable + totals.UnreadableKept > 0
            ? ExitCodes.SomeUnreadable
            : ExitCodes.Done;
    }
}

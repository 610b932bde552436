using System.Diagnostics;
using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;

namespace SoftBoN.Tool.Columnar;

/// <summary>Works through the parts of the input: each is read, computed and put in its place by itself.</summary>
/// <param name="settings">What to do.</param>
/// <param name="work">What is done with rows.</param>
/// <param name="lines">Where lines of JSON go; null for part files.</param>
/// <param name="error">Is told what is wrong with parts.</param>
internal sealed class ColumnarRun(ColumnarSettings settings, IRowWork work, LineWriter? lines, TextWriter error)
{
    private readonly HashSet<TextKey> _seen = [];
    private readonly List<PromptPlace> _places = [];
    private readonly RowBatch _batch = new(settings.Limits);

    public ColumnarTotals Totals { get; } = new();

    public void Run(Progress progress)
    {
        Part[] todo = [.. Mine().Where(part => !IsDone(part))];
        Totals.PartsKept = Mine().Count() - todo.Length;
        Totals.BytesOfInput = todo.Sum(part => new FileInfo(part.Path).Length);
        using var queue = new EncodeQueue(Totals.Clock);
        using var stream = new BlockStream(
            todo, settings.Names, settings.Memory / 8, Math.Max(1, settings.Threads), Totals.Clock);
        var form = new OutputForm(settings.OutputFormat, settings.Run, queue);
        foreach (Part part in todo)
        {
            try
            {
                Run(stream.Next(), stream, form, progress);
                Totals.Parts++;
            }
            catch (PartException fault)
            {
                Totals.PartsFailed++;
                progress.Erase();
                error.WriteLine($"softbon: {fault.Message}");
            }

            Totals.BytesDone += new FileInfo(part.Path).Length;
            Totals.BytesOfPart = 0;
        }

        progress.Erase();
    }

    private IEnumerable<Part> Mine() =>
        settings.Parts.Where((_, place) => place % settings.Shards == settings.Shard);

    private bool IsDone(Part part)
    {
        string path = settings.PathOf(part);
        if (!settings.Resume || lines is not null || !File.Exists(path))
        {
            return false;
        }

        using ITableReader there = new Part(path, settings.OutputFormat).Open();
        return there.Metadata.TryGetValue(OutputForm.RunKey, out string? run) && run == settings.Run
            ? true
            : throw new Host.FaultException(
                $"{path} is not of this run: it was made with other options, or by something else; name another --output, or "
                + "leave out --resume to replace it");
    }

    private void Run(PartFeed feed, BlockStream stream, OutputForm form, Progress progress)
    {
        if (feed.Fault is { } fault)
        {
            throw fault;
        }

        long bytes = new FileInfo(feed.Part.Path).Length;
        using IPartOutput output = Open(feed, form);
        IPrompts prompts = Prompts(feed, stream.Blocks().GetEnumerator());
        while (Totals.Clock.Time(Stage.Assemble, () => prompts.Fill(_batch, _places)))
        {
            long begin = Stopwatch.GetTimestamp();
            work.Compute(_batch, CancellationToken.None);
            Totals.Clock.Add(Stage.Compute, begin);
            begin = Stopwatch.GetTimestamp();
            output.Add(_batch, _places, work);
            Totals.Clock.Add(Stage.Collect, begin);
            Totals.Add(_batch, work);
            Totals.BytesOfPart = (long)(stream.PartDone * bytes);
            progress.Report(() => Totals.Progress(progress.Elapsed));
        }

        output.Complete();
    }

    private IPartOutput Open(PartFeed feed, OutputForm form) => lines is not null
        ? new JsonOutput(lines)
        : settings.Annotate
            ? new AnnotatedOutput(feed, settings.PathOf(feed.Part), form)
            : RowsOutput.Of(feed, work, settings.PathOf(feed.Part), form);

    private IPrompts Prompts(PartFeed feed, IEnumerator<Block> blocks)
    {
        if (feed.Layout!.IsList)
        {
            return new ListPrompts(blocks, settings.Rules);
        }

        int at = settings.Parts.Index().First(part => part.Item == feed.Part).Index;
        var edges = new PartEdges(settings.Parts, at, settings.Names, settings.Annotate);
        edges.Open();
        return new LongPrompts(blocks, edges, _seen, settings.Rules);
    }
}

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
    private readonly RowBatch _batch = new(settings.Limits) { MayLackCandidates = settings.Losses.AnyPrompt };
    private readonly InputMarks _inputs = new(settings.Parts);

    public ColumnarTotals Totals { get; } = new(settings.Clock)
    {
        PartsFailed = settings.Losses.Parts,
        GroupsLost = settings.Losses.Groups,
    };

    public void Run(Progress progress)
    {
        IReadOnlyList<Part> mine = settings.Mine;
        Part[] todo = [.. mine.Where(part => !IsDone(part))];
        Totals.PartsKept = mine.Count - todo.Length;
        Totals.BytesOfInput = todo.Sum(part => part.Bytes);
        using var queue = new EncodeQueue(Totals.Clock);
        using var stream = new BlockStream(
            todo, settings.Names, settings.Memory / 8, Math.Max(1, settings.Threads), Totals.Clock);
        var form = new OutputForm(settings.OutputFormat, settings.Run, "", queue);
        foreach (Part part in todo)
        {
            try
            {
                PartFeed feed = stream.Next();
                Run(feed, stream, form with { Input = _inputs.Of(part) }, progress);
                Totals.Parts++;
            }
            catch (PartException fault)
            {
                Totals.PartsFailed++;
                Say(fault.Message, progress);
            }

            Totals.BytesDone += part.Bytes;
            Totals.BytesOfPart = 0;
        }

        progress.Erase();
    }

    private bool IsDone(Part part)
    {
        string path = settings.PathOf(part);
        if (!settings.Resume || lines is not null || !File.Exists(path))
        {
            return false;
        }

        IReadOnlyDictionary<string, string> metadata = MetadataOf(path);
        if (metadata.GetValueOrDefault(OutputForm.RunKey) != settings.Run)
        {
            throw new Host.FaultException(
                $"{path} is not of this run: it was made with other options, or by something else; name another --output, or "
                + "leave out --resume to replace it");
        }

        if (_inputs.IsAsItWas(part, metadata, path))
        {
            Recall(PartLosses.Of(metadata));
            return true;
        }

        error.WriteLine($"softbon: {path} is made anew, its input has changed");
        return false;
    }

    /// <summary>Says what the run that made a part said.</summary>
    private void Recall(PartLosses losses)
    {
        Totals.GroupsLost += losses.Groups.Count;
        Totals.UnreadableKept += losses.Unreadable;
        foreach (string message in losses.Groups)
        {
            error.WriteLine($"softbon: {message}");
        }
    }

    private IReadOnlyDictionary<string, string> MetadataOf(string path)
    {
        try
        {
            using ITableReader there = new Part(path, settings.OutputFormat).Open();
            return there.Metadata;
        }
        catch (PartException)
        {
            // Something else lies there under that name.
            return new Dictionary<string, string>();
        }
    }

    private void Run(PartFeed feed, BlockStream stream, OutputForm form, Progress progress)
    {
        if (feed.Fault is { } fault)
        {
            throw fault;
        }

        long bytes = feed.Part.Bytes;
        using IPartOutput output = Open(feed, form);
        var losses = new PartLosses();
        long unreadable = Totals.Unreadable;
        IPrompts prompts = Prompts(feed, Noticed(stream.Blocks(), losses, progress).GetEnumerator());
        while (Totals.Clock.Time(Stage.Assemble, () => prompts.Fill(_batch, _places)))
        {
            StageMoment begin = StageMoment.Now;
            work.Compute(_batch, CancellationToken.None);
            Totals.Clock.Add(Stage.Compute, begin);
            begin = StageMoment.Now;
            output.Add(_batch, _places, work);
            Totals.Clock.Add(Stage.Collect, begin);
            Totals.Add(_batch, work);
            Totals.BytesOfPart = (long)(stream.PartDone * bytes);
            progress.Report(() => Totals.Progress(progress.Elapsed));
        }

        losses.Unreadable = Totals.Unreadable - unreadable;
        output.Complete(losses);
    }

    /// <summary>Says which row groups are lost.</summary>
    private IEnumerable<Block> Noticed(IEnumerable<Block> blocks, PartLosses losses, Progress progress)
    {
        foreach (Block block in blocks)
        {
            if (block.Fault is { } fault)
            {
                Totals.GroupsLost++;
                losses.Groups.Add(fault.Message);
                Say(fault.Message, progress);
            }

            yield return block;
        }
    }

    private void Say(string message, Progress progress)
    {
        progress.Erase();
        error.WriteLine($"softbon: {message}");
    }

    private IPartOutput Open(PartFeed feed, OutputForm form) => lines is not null
        ? new JsonOutput(lines)
        : settings.Annotate
            ? new AnnotatedOutput(feed, work.Annotation, settings.PathOf(feed.Part), form)
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
        return new LongPrompts(blocks, edges, _seen, settings.Losses.Prompts, settings.Rules);
    }
}

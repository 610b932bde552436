using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>How part files are written.</summary>
/// <param name="Format">Their format.</param>
/// <param name="Run">What the run is, for its end: a later run knows its own parts by it.</param>
/// <param name="Input">What the part was made of, so that a later run notices if that has changed.</param>
/// <param name="Queue">What writes.</param>
internal sealed record OutputForm(TableFormat Format, string Run, string Input, EncodeQueue Queue)
{
    /// <summary>The key under which a part says what run it is of.</summary>
    public const string RunKey = "softbon.run";

    /// <summary>The key under which a part says what it was made of.</summary>
    public const string InputKey = "softbon.input";

    public IReadOnlyDictionary<string, string> Metadata =>
        new Dictionary<string, string> { [RunKey] = Run, [InputKey] = Input };
}

/// <summary>A part file of the output.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly PartFile _file;
    private readonly EncodeQueue _queue;
    private readonly ITableWriter _writer;

    public TableFile(string path, IReadOnlyList<CellsShape> columns, OutputForm form)
    {
        _queue = form.Queue;
        _file = new PartFile(path);
        _writer = TableFormats.Writer(form.Format, columns, form.Metadata, _file.Stream);
    }

    public void Write(IReadOnlyList<Cells> columns) => _queue.Add(() => _writer.Write(columns));

    /// <summary>Waits until everything is written, and puts the file in its place.</summary>
    /// <param name="metadata">Keys and values that were not known at the beginning.</param>
    public void Complete(IReadOnlyDictionary<string, string> metadata)
    {
        _queue.Add(() =>
        {
            _writer.Finish(metadata);
            _file.TakePlace();
        });
        _queue.Drain();
    }

    public void Dispose()
    {
        _queue.DrainQuietly();
        _file.Dispose();
    }
}

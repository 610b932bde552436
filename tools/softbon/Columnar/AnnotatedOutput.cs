using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Columnar;

/// <summary>A part of the input again, with each candidate's value, whether it was picked, and the prompt's status.</summary>
internal sealed class AnnotatedOutput : IPartOutput
{
    private readonly PartFeed _feed;
    private readonly TableFile _file;
    private readonly CellsShape[] _shapes;
    private readonly Queue<Notes> _waiting = [];
    private Notes? _newest;

    public AnnotatedOutput(PartFeed feed, RowAnnotation annotation, string path, OutputForm form)
    {
        _feed = feed;
        bool isList = feed.Layout!.IsList;
        _shapes =
        [
            new CellsShape(annotation.Value, typeof(float), isList, ""),
            .. annotation.Picks ? [new CellsShape("picked", typeof(bool), isList, "")] : Array.Empty<CellsShape>(),
            new CellsShape("status", typeof(ReadOnlyMemory<char>), false, ""),
        ];
        CellsShape[] kept = [.. feed.Layout.Kept.Select(column => feed.Columns[column])];
        if (Array.Find(kept, shape => _shapes.Any(own => own.Name == shape.Name)) is { } twice)
        {
            throw new PartException(
                $"{feed.Part.Name}, column {twice.Name}",
                "--annotate adds a column of that name; rename it, or leave it out of --keep-columns");
        }

        _file = new TableFile(path, [.. kept, .. _shapes], form);
    }

    public void Add(RowBatch batch, List<PromptPlace> places, IRowWork work)
    {
        for (int i = 0; i < batch.Entries.Count; i++)
        {
            Add(batch, batch.Entries[i], places[i], work);
        }
    }

    public void Complete(PartLosses losses)
    {
        while (_waiting.TryDequeue(out Notes? notes))
        {
            Send(notes);
        }

        _file.Complete(losses.Metadata);
    }

    public void Dispose() => _file.Dispose();

    private void Add(RowBatch batch, BatchEntry entry, PromptPlace first, IRowWork work)
    {
        bool isRead = entry.Row >= 0;
        ReadOnlySpan<float> values = isRead ? work.ValuesOf(batch, entry.Row) : default;
        bool[] picked = new bool[values.Length];
        foreach (int pick in isRead ? work.PicksOf(entry.Row) : default)
        {
            if (pick >= 0)
            {
                picked[pick] = true;
            }
        }

        string status = isRead ? work.View(batch, entry.Row).Status.TextOf(batch.MayLackCandidates) : StatusText.Unreadable;
        int from = 0;
        for (PromptPlace? place = first; place is not null; place = place.Next)
        {
            int count = _feed.Layout!.IsList ? values.Length : place.Count;
            if (place.Block.Part == _feed.Part && place.Block.Fault is null)
            {
                int end = isRead ? from + count : from;
                NotesOf(place.Block).Add(place.Count, values[from..end], picked.AsSpan(from..end), status);
            }

            from += isRead ? count : 0;
        }
    }

    /// <summary>The results of a row group; those before it are complete then.</summary>
    private Notes NotesOf(Block block)
    {
        if (_newest?.Block != block)
        {
            while (_waiting.TryPeek(out Notes? oldest) && oldest.IsFull)
            {
                Send(_waiting.Dequeue());
            }

            _newest = new Notes(block, _shapes);
            _waiting.Enqueue(_newest);
        }

        return _newest;
    }

    private void Send(Notes notes) => _file.Write([.. notes.Block.Kept, .. notes.Columns]);

    /// <summary>What is added to a row group.</summary>
    private sealed class Notes(Block block, CellsShape[] shapes)
    {
        private readonly Cells<float> _value = new(shapes[0]);
        private readonly Cells<bool>? _picked = shapes.Length > 2 ? new(shapes[1]) : null;
        private readonly Cells<ReadOnlyMemory<char>> _status = new(shapes[^1]);

        public Block Block => block;

        public bool IsFull => _status.Rows == block.Rows;

        public IEnumerable<Cells> Columns => _picked is null ? [_value, _status] : [_value, _picked, _status];

        /// <param name="rows">The rows.</param>
        /// <param name="values">The values there; none for a prompt that could not be read.</param>
        /// <param name="picked">As many.</param>
        /// <param name="status">The prompt's status.</param>
        public void Add(int rows, ReadOnlySpan<float> values, ReadOnlySpan<bool> picked, string status)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsFinite(values[i]))
                {
                    _value.Add(values[i]);
                }
                else
                {
                    _value.AddNull();
                }
            }

            _picked?.Add(picked);
            for (int i = values.Length; i < rows && !_value.Shape.IsList; i++)
            {
                _value.AddNull();
                _picked?.AddNull();
            }

            EndRows(rows);
            for (int i = 0; i < rows; i++)
            {
                _status.Add(status.AsMemory());
                _status.EndRow();
            }
        }

        private void EndRows(int rows)
        {
            for (int i = 0; i < (_value.Shape.IsList ? 1 : rows); i++)
            {
                _value.EndRow();
                _picked?.EndRow();
            }
        }
    }
}

using System.Text;
using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Output;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Columnar;

/// <summary>A part of the output with a row a prompt.</summary>
internal sealed class RowsOutput : IPartOutput
{
    /// <summary>Row groups end at batches, so that they do not depend on memory or threads.</summary>
    private const int RowsOfGroup = 1 << 17;
    private const long ValuesOfGroup = 1 << 22;

    /// <summary>Of texts and of columns that are kept; a few row groups wait to be encoded.</summary>
    private const long BytesOfGroup = 1 << 24;

    private static readonly byte[] Unreadable = Encoding.UTF8.GetBytes($"\"{StatusText.Unreadable}\"");

    private readonly TableFile _file;
    private readonly RowColumns _columns;
    private readonly CellsShape[] _keptShapes;
    private Cells[] _kept;
    private long _keptBytes;

    /// <param name="columns">Makes columns of rows.</param>
    /// <param name="kept">Columns of the input that come behind them.</param>
    /// <param name="path">Where the part goes.</param>
    /// <param name="form">How it is written.</param>
    public RowsOutput(RowColumns columns, CellsShape[] kept, string path, OutputForm form)
    {
        (_columns, _keptShapes) = (columns, kept);
        _kept = Empty();
        _file = new TableFile(path, [.. _columns.AllShapes, .. _keptShapes], form);
    }

    /// <summary>The output of a part.</summary>
    public static RowsOutput Of(PartFeed feed, IRowWork work, string path, OutputForm form)
    {
        PartLayout layout = feed.Layout!;
        bool AreNumbers(int column) =>
            column >= 0 && feed.Columns[column].IsInteger && feed.Columns[column].Type != typeof(ulong);
        var columns = new RowColumns(work.Members, AreNumbers(layout.Prompt), AreNumbers(layout.Candidate));
        CellsShape[] kept = [.. layout.Kept.Select(column => feed.Columns[column])];
        Check(feed.Part, columns, kept);
        return new RowsOutput(columns, kept, path, form);
    }

    public void Add(RowBatch batch, List<PromptPlace> places, IRowWork work)
    {
        for (int i = 0; i < batch.Entries.Count; i++)
        {
            Write(batch, batch.Entries[i], work);
            Keep(_kept.Length == 0 ? null : places[i], batch.Entries[i].Row is >= 0 and int row ? PickOf(work, row) : -1);
        }

        SendIfFull();
    }

    public void Complete(PartLosses losses)
    {
        if (_columns.Rows > 0)
        {
            Send();
        }

        _file.Complete(losses.Metadata);
    }

    public void Dispose() => _file.Dispose();

    private static int PickOf(IRowWork work, int row)
    {
        ReadOnlySpan<int> picks = work.PicksOf(row);
        return picks.IsEmpty ? -1 : picks[0];
    }

    private static void Check(Part part, RowColumns columns, CellsShape[] kept)
    {
        foreach (CellsShape shape in kept)
        {
            if (columns.AllShapes.Any(own => own.Name == shape.Name))
            {
                throw new PartException(
                    $"{part.Name}, column {shape.Name}",
                    "the output has a column of that name; rename it, or leave it out of --keep-columns");
            }
        }
    }

    private void Write(RowBatch batch, BatchEntry entry, IRowWork work)
    {
        _columns.BeginRow();
        _columns.Name("id"u8).Raw(entry.Id.IsNone ? "null"u8 : entry.Id.In(batch.Text));
        if (entry.Error is null)
        {
            work.Write(batch, entry.Row, _columns);
        }
        else
        {
            _columns.Name("status"u8).Raw(Unreadable);
            _columns.Name("error"u8).String(Encoding.UTF8.GetBytes(entry.Error));
        }

        _columns.EndRow();
    }

    /// <summary>A list's row has one value for the prompt; of a row a candidate it is the first pick's that counts.</summary>
    private void Keep(PromptPlace? place, int pick)
    {
        if (place is null)
        {
            return;
        }

        bool isList = place.Block.Layout.IsList;
        bool isThere = place.Block.Fault is null && (isList || pick >= 0);
        (Block block, int row) = isList || pick < 0 ? (place.Block, place.Row) : place.Of(pick);
        for (int i = 0; i < _kept.Length; i++)
        {
            if (isThere)
            {
                _kept[i].AddRowOf(block.Kept[i], row);
                _keptBytes += block.Kept[i].BytesOf(row);
            }
            else
            {
                _kept[i].EndNullRow();
            }
        }
    }

    private void SendIfFull()
    {
        if (_columns.Rows >= RowsOfGroup
            || _columns.Values >= ValuesOfGroup
            || _columns.TextBytes + _keptBytes >= BytesOfGroup)
        {
            Send();
        }
    }

    private void Send()
    {
        _file.Write([.. _columns.Take(), .. _kept]);
        (_kept, _keptBytes) = (Empty(), 0);
    }

    private Cells[] Empty() => [.. _keptShapes.Select(Cells.Create)];
}

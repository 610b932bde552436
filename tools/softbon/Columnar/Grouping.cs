using System.Text;
using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Host;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// Brings the rows of each prompt together: sorts the input by prompt into one file, by sorted runs that fit into memory
/// and are then merged. Rows of a prompt stay in the order of the input.
/// </summary>
/// <param name="names">The columns.</param>
/// <param name="memory">Bytes that a run may take.</param>
/// <param name="error">Is told what is wrong with parts.</param>
internal sealed class Grouping(ColumnNames names, long memory, TextWriter error) : IDisposable
{
    private const int RowsOfGroup = 1 << 16;

    /// <summary>Row groups of the sorted input do not depend on memory, as those of what is made of it do not.</summary>
    private const long BytesOfGroup = 1 << 22;

    /// <summary>Runs that are merged at a time: a row group of each is in memory.</summary>
    private const int MostRuns = 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("softbon-group-").FullName;
    private List<Part> _runs = [];
    private int _made;
    private readonly Dictionary<TextKey, string> _lost = [];
    private CellsShape[] _shapes = [];
    private Cells[] _held = [];
    private long _bytes;
    private int _partsFailed;
    private int _groupsLost;
    private bool _anyPrompt;

    public Losses Losses => new(_lost, _partsFailed, _groupsLost, _anyPrompt);

    /// <summary>The input, sorted, without what cannot be read.</summary>
    /// <exception cref="FaultException">Nothing can be read.</exception>
    public Part Sort(IReadOnlyList<Part> parts)
    {
        foreach (Part part in parts)
        {
            try
            {
                Add(part);
            }
            catch (PartException broken)
            {
                _partsFailed++;
                _anyPrompt = true;
                error.WriteLine($"softbon: {broken.Message}; any prompt may lack rows that were there");
            }
        }

        if (_partsFailed == parts.Count)
        {
            throw new FaultException("no part can be read, so nothing is computed");
        }

        Spill();
        return Merge() with { Sources = [.. parts.Select(part => part.Path)] };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Add(Part part)
    {
        using ITableReader table = part.Open();
        PartLayout layout = names.Find(part.Name, table.Columns);
        if (layout.IsList)
        {
            throw new PartException(part.Name, "--group is for a row a candidate, and this has a row a prompt; drop it");
        }

        int[] used = [.. layout.Used.OrderBy(column => table.Columns[column].Name, StringComparer.Ordinal)];
        if (_shapes.Length == 0)
        {
            IEnumerable<CellsShape> shapes = used.Select(column => table.Columns[column]);
            _shapes = [.. shapes.OrderByDescending(shape => shape.Name == table.Columns[layout.Prompt].Name)];
            _held = Empty();
        }

        int[] columns = [.. _shapes.Select(shape => PlaceOf(part, table, shape))];
        for (int group = 0; group < table.Groups; group++)
        {
            AddGroup(part, table, group, columns, layout);
            if (_bytes > memory)
            {
                Spill();
            }
        }
    }

    private void AddGroup(Part part, ITableReader table, int group, int[] columns, PartLayout layout)
    {
        try
        {
            Cells[] cells = [.. columns.Select(column => Read(part, table, group, column))];
            for (int row = 0; row < cells[0].Rows; row++)
            {
                _bytes += AddRow(_held, cells, row);
            }
        }
        catch (PartException broken)
        {
            _groupsLost++;
            Cells? prompts = Block.NamesOf(part, group, table, layout);
            _anyPrompt |= prompts is null;
            error.WriteLine(
                $"softbon: {broken.Message}{(prompts is null ? "; any prompt may lack rows that were there" : "")}");
            Lose(prompts, broken.Message);
        }
    }

    /// <summary>Keeps the prompts of a row group that is broken, so that they come out as lacking rows.</summary>
    private void Lose(Cells? prompts, string why)
    {
        for (int row = 0; row < (prompts?.Rows ?? 0); row++)
        {
            if (!prompts!.IsNull(row))
            {
                _lost.TryAdd(TextKey.Of(Encoding.UTF8.GetBytes(Names.Text(prompts, row))), $"rows are lost: {why}");
            }

            _held[0].AddRowOf(prompts, row);
            foreach (Cells other in _held.AsSpan(1))
            {
                other.EndNullRow();
            }
        }
    }

    private static Cells Read(Part part, ITableReader table, int group, int column)
    {
        string place = $"{part.Name}, row group {group}, column {table.Columns[column].Name}";
        return Part.Guard(place, "it cannot be read", () => table.Read(group, column));
    }

    private static int PlaceOf(Part part, ITableReader table, CellsShape shape)
    {
        for (int i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == shape.Name && table.Columns[i].Type == shape.Type)
            {
                return i;
            }
        }

        throw new PartException(
            $"{part.Name}, column {shape.Name}", $"it is not there, or not of type {shape.Spelled} as in other parts");
    }

    /// <summary>Sorts what is held and writes it as a run.</summary>
    private void Spill()
    {
        if (_held.Length == 0 || _held[0].Rows == 0)
        {
            return;
        }

        int[] order = [.. Enumerable.Range(0, _held[0].Rows)];
        Cells prompt = _held[0];
        Array.Sort(order, (x, y) => Names.Compare(prompt, x, prompt, y) is not 0 and int by ? by : x.CompareTo(y));
        _runs.Add(Write(NextRun(), order.Select(row => (_held, row)), BytesOfRunGroup));
        (_held, _bytes) = (Empty(), 0);
    }

    private long BytesOfRunGroup => Math.Min(BytesOfGroup, memory / MostRuns);

    private string NextRun() => $"run-{_made++:D5}.parquet";

    private Part Merge()
    {
        while (_runs.Count > MostRuns)
        {
            // Adjacent runs: rows of a prompt stay in the order of the input.
            _runs = [.. _runs.Chunk(MostRuns).Select(some => Merge(some, NextRun(), BytesOfRunGroup))];
        }

        return Merge(_runs, "grouped.parquet", BytesOfGroup);
    }

    private Part Merge(IReadOnlyList<Part> runs, string name, long bytesOfGroup)
    {
        RunCursor[] cursors = [.. runs.Select((run, i) => new RunCursor(run, _shapes.Length, i))];
        try
        {
            return Write(name, Merged(cursors), bytesOfGroup);
        }
        finally
        {
            Array.ForEach(cursors, cursor => cursor.Dispose());
            foreach (Part run in runs)
            {
                File.Delete(run.Path);
            }
        }
    }

    private static IEnumerable<(Cells[] Cells, int Row)> Merged(RunCursor[] cursors)
    {
        var next = new PriorityQueue<RunCursor, RunCursor>(Comparer<RunCursor>.Create((x, y) =>
            Names.Compare(x.Cells[0], x.Row, y.Cells[0], y.Row) is not 0 and int by ? by : x.Run.CompareTo(y.Run)));
        foreach (RunCursor cursor in cursors.Where(cursor => cursor.Next()))
        {
            next.Enqueue(cursor, cursor);
        }

        while (next.TryDequeue(out RunCursor? least, out _))
        {
            yield return (least.Cells, least.Row);
            if (least.Next())
            {
                next.Enqueue(least, least);
            }
        }
    }

    private Part Write(string name, IEnumerable<(Cells[] Cells, int Row)> rows, long bytesOfGroup)
    {
        string path = Path.Combine(_folder, name);
        using FileStream stream = File.Create(path);
        var writer = new ParquetTableWriter(_shapes, new Dictionary<string, string>(), stream);
        Cells[] group = Empty();
        long bytes = 0;
        foreach ((Cells[] cells, int row) in rows)
        {
            bytes += AddRow(group, cells, row);
            if (group[0].Rows == RowsOfGroup || bytes >= bytesOfGroup)
            {
                writer.Write(group);
                (group, bytes) = (Empty(), 0);
            }
        }

        if (group.Length > 0 && group[0].Rows > 0)
        {
            writer.Write(group);
        }

        writer.Finish(new Dictionary<string, string>());
        return new Part(path, TableFormat.Parquet);
    }

    /// <returns>How much memory the row takes.</returns>
    private static long AddRow(Cells[] into, Cells[] cells, int row)
    {
        long bytes = 0;
        for (int i = 0; i < into.Length; i++)
        {
            into[i].AddRowOf(cells[i], row);
            bytes += cells[i].BytesOf(row);
        }

        return bytes;
    }

    private Cells[] Empty() => [.. _shapes.Select(Cells.Create)];
}

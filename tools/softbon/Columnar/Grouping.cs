using SoftBoN.Tool.Columnar.Tables;
using SoftBoN.Tool.Host;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// Brings the rows of each prompt together: sorts the input by prompt into one file, by sorted runs that fit into memory
/// and are then merged. Rows of a prompt stay in the order of the input.
/// </summary>
/// <param name="names">The columns.</param>
/// <param name="memory">Bytes that a run may take.</param>
internal sealed class Grouping(ColumnNames names, long memory) : IDisposable
{
    private const int RowsOfGroup = 1 << 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("softbon-group-").FullName;
    private readonly List<Part> _runs = [];
    private CellsShape[] _shapes = [];
    private Cells[] _held = [];
    private long _bytes;

    /// <summary>The input, sorted.</summary>
    /// <exception cref="FaultException">A part cannot be read: any prompt may have rows in it.</exception>
    public Part Sort(IReadOnlyList<Part> parts)
    {
        try
        {
            foreach (Part part in parts)
            {
                Add(part);
            }
        }
        catch (PartException broken)
        {
            throw new FaultException(
                $"{broken.Message}; with --group any prompt may have rows there, so nothing is computed: mend the part", broken);
        }

        Spill();
        return Merge();
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
        CellsShape[] shapes = [.. used.Select(column => table.Columns[column])];
        if (_shapes.Length == 0)
        {
            _shapes = [.. shapes.OrderByDescending(shape => shape.Name == table.Columns[layout.Prompt].Name)];
            _held = Empty();
        }

        for (int group = 0; group < table.Groups; group++)
        {
            Cells[] cells = [.. _shapes.Select(shape => Read(part, table, group, shape))];
            _bytes += table.Bytes(group, used);
            for (int row = 0; row < table.Rows(group); row++)
            {
                AddRow(_held, cells, row);
            }

            if (_bytes > memory)
            {
                Spill();
            }
        }
    }

    private static Cells Read(Part part, ITableReader table, int group, CellsShape shape)
    {
        for (int i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == shape.Name && table.Columns[i].Type == shape.Type)
            {
                return Part.Guard(
                    $"{part.Name}, row group {group}, column {shape.Name}", "it cannot be read", () => table.Read(group, i));
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
        string path = Path.Combine(_folder, $"run-{_runs.Count:D5}.parquet");
        Write(path, order.Select(row => (_held, row)));
        _runs.Add(new Part(path, TableFormat.Parquet));
        (_held, _bytes) = (Empty(), 0);
    }

    private Part Merge()
    {
        string path = Path.Combine(_folder, "grouped.parquet");
        RunCursor[] cursors = [.. _runs.Select((run, i) => new RunCursor(run, _shapes.Length, i))];
        try
        {
            Write(path, Merged(cursors));
        }
        finally
        {
            Array.ForEach(cursors, cursor => cursor.Dispose());
        }

        return new Part(path, TableFormat.Parquet);
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

    private void Write(string path, IEnumerable<(Cells[] Cells, int Row)> rows)
    {
        using FileStream stream = File.Create(path);
        var writer = new ParquetTableWriter(_shapes, new Dictionary<string, string>(), stream);
        Cells[] group = Empty();
        foreach ((Cells[] cells, int row) in rows)
        {
            AddRow(group, cells, row);
            if (group[0].Rows == RowsOfGroup)
            {
                writer.Write(group);
                group = Empty();
            }
        }

        if (group.Length > 0 && group[0].Rows > 0)
        {
            writer.Write(group);
        }

        writer.Finish();
    }

    private static void AddRow(Cells[] into, Cells[] cells, int row)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i].AddRowOf(cells[i], row);
        }
    }

    private Cells[] Empty() => [.. _shapes.Select(Cells.Create)];
}

/// <summary>Where a merge is in a sorted run.</summary>
internal sealed class RunCursor(Part part, int columns, int run) : IDisposable
{
    private readonly ITableReader _table = part.Open();
    private int _group = -1;

    public int Run => run;

    public Cells[] Cells { get; private set; } = [];

    public int Row { get; private set; }

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public bool Next()
    {
        Row++;
        while (Cells.Length == 0 || Row >= Cells[0].Rows)
        {
            if (++_group >= _table.Groups)
            {
                return false;
            }

            (Cells, Row) = ([.. Enumerable.Range(0, columns).Select(column => _table.Read(_group, column))], 0);
        }

        return true;
    }

    public void Dispose() => _table.Dispose();
}

using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>A row group in memory: the columns that the run uses.</summary>
internal sealed class Block
{
    private const string Unreadable = "it cannot be read";

    public required Part Part { get; init; }

    public required int Group { get; init; }

    public required PartLayout Layout { get; init; }

    public required int Rows { get; init; }

    /// <summary>The prompts; null where not even they could be read, and one row stands for all.</summary>
    public Cells? Names { get; init; }

    public Cells Prompt => Names!;

    /// <summary>Why the row group is lost; null where it is not.</summary>
    public PartException? Fault { get; private init; }

    /// <summary>Null where rewards have names of their own, or are not wanted.</summary>
    public Cells<float>? Reward { get; init; }

    /// <summary>The run's own fields.</summary>
    public required Cells<float>[] Own { get; init; }

    public Cells? Candidate { get; init; }

    public Cells? Answer { get; init; }

    public Cells<float>? Offset { get; init; }

    public required Cells[] Kept { get; init; }

    /// <summary>Memory of the columns that are kept, on average a row.</summary>
    public long KeptBytesOfRow { get; private init; }

    public string Place => $"{Part.Name}, row group {Group}";

    /// <summary>Decodes a row group; of one that is broken, its prompts at least, if they can be read.</summary>
    public static Block ReadOrLose(Part part, int group, ITableReader table, PartLayout layout)
    {
        try
        {
            return Part.Guard($"{part.Name}, row group {group}", Unreadable, () => Read(part, group, table, layout));
        }
        catch (PartException fault)
        {
            return Lose(part, group, layout, fault, NamesOf(part, group, table, layout));
        }
    }

    /// <summary>The prompts alone; null where they cannot be read.</summary>
    public static Cells? NamesOf(Part part, int group, ITableReader table, PartLayout layout)
    {
        try
        {
            return Part.Guard(part.Name, Unreadable, () => table.Read(group, layout.Prompt));
        }
        catch (PartException)
        {
            return null;
        }
    }

    private static string PlaceOf(Part part, int group, ITableReader table, int column) =>
        $"{part.Name}, row group {group}, column {table.Columns[column].Name}";

    private static Block Lose(Part part, int group, PartLayout layout, PartException fault, Cells? names) => new()
    {
        Part = part,
        Group = group,
        Layout = layout,
        Rows = names?.Rows ?? 1,
        Names = names,
        Fault = fault,
        Own = [],
        Kept = [],
    };

    /// <summary>Decodes a row group.</summary>
    /// <exception cref="PartException">It is broken.</exception>
    public static Block Read(Part part, int group, ITableReader table, PartLayout layout)
    {
        var read = new Dictionary<int, Cells>();
        Cells Get(int column)
        {
            if (!read.TryGetValue(column, out Cells? cells))
            {
                cells = Part.Guard(PlaceOf(part, group, table, column), Unreadable, () => table.Read(group, column));
                read.Add(column, cells);
            }

            return cells;
        }

        Cells<float>? Numbers(int column) => column < 0 ? null : Floats.Of(Get(column));
        int rows = checked((int)table.Rows(group));
        Cells[] kept = [.. layout.Kept.Select(Get)];
        return new Block
        {
            Part = part,
            Group = group,
            Layout = layout,
            Rows = rows,
            Names = Get(layout.Prompt),
            Reward = layout.Hidden < 0
                ? Numbers(layout.Reward)
                : layout.Maker!.Make(Get(layout.Hidden), PlaceOf(part, group, table, layout.Hidden)),
            Own = [.. layout.Own.Select(column => Numbers(column)!)],
            Candidate = layout.Candidate < 0 ? null : Get(layout.Candidate),
            Answer = layout.Answer < 0 ? null : Get(layout.Answer),
            Offset = Numbers(layout.Offset),
            Kept = kept,
            KeptBytesOfRow = kept.Sum(cells => cells.Bytes) / Math.Max(1, rows),
        };
    }
}

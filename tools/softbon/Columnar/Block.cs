using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>A row group in memory: the columns that the run uses.</summary>
internal sealed class Block
{
    public required Part Part { get; init; }

    public required int Group { get; init; }

    public required PartLayout Layout { get; init; }

    public required int Rows { get; init; }

    public required Cells Prompt { get; init; }

    /// <summary>Null where rewards have names of their own.</summary>
    public Cells<float>? Reward { get; init; }

    /// <summary>The run's own fields.</summary>
    public required Cells<float>[] Own { get; init; }

    public Cells? Candidate { get; init; }

    public Cells? Answer { get; init; }

    public Cells<float>? Offset { get; init; }

    public required Cells[] Kept { get; init; }

    public string Place => $"{Part.Name}, row group {Group}";

    /// <summary>Decodes a row group.</summary>
    public static Block Read(Part part, int group, ITableReader table, PartLayout layout)
    {
        var read = new Dictionary<int, Cells>();
        Cells Get(int column)
        {
            if (!read.TryGetValue(column, out Cells? cells))
            {
                string place = $"{part.Name}, row group {group}, column {table.Columns[column].Name}";
                cells = Part.Guard(place, "it cannot be read", () => table.Read(group, column));
                read.Add(column, cells);
            }

            return cells;
        }

        Cells<float>? Numbers(int column) => column < 0 ? null : Floats.Of(Get(column));
        return new Block
        {
            Part = part,
            Group = group,
            Layout = layout,
            Rows = checked((int)table.Rows(group)),
            Prompt = Get(layout.Prompt),
            Reward = Numbers(layout.Reward),
            Own = [.. layout.Own.Select(column => Numbers(column)!)],
            Candidate = layout.Candidate < 0 ? null : Get(layout.Candidate),
            Answer = layout.Answer < 0 ? null : Get(layout.Answer),
            Offset = Numbers(layout.Offset),
            Kept = [.. layout.Kept.Select(Get)],
        };
    }
}

using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Frame;

/// <summary>A row of a setting, and the table it goes to.</summary>
internal readonly record struct SettingRow(string Table, Cell[] Cells);

/// <summary>What a setting computed.</summary>
internal sealed class SettingRows
{
    private readonly List<SettingRow> _rows = [];

    public IReadOnlyList<SettingRow> All => _rows;

    /// <summary>Adds a row to a table of the study.</summary>
    public void Add(TableShape table, params Cell[] cells) => _rows.Add(new SettingRow(table.Name, cells));
}

/// <summary>The tables of a study, by name.</summary>
internal sealed class StudyTables
{
    private readonly Dictionary<string, DataTable> _tables;

    public StudyTables(IReadOnlyList<TableShape> shapes)
    {
        _tables = shapes.ToDictionary(shape => shape.Name, shape => new DataTable(shape));
        All = [.. shapes.Select(shape => _tables[shape.Name])];
    }

    public IReadOnlyList<DataTable> All { get; }

    public DataTable this[TableShape shape] => _tables[shape.Name];

    public void Add(IReadOnlyList<SettingRow> rows)
    {
        foreach (SettingRow row in rows)
        {
            _tables[row.Table].Add(row.Cells);
        }
    }
}

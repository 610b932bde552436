namespace SoftBoN.Kernels.Plots.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name in files: lower case, words joined by underscores.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Meaning">What it means, with the unit.</param>
internal sealed record DataColumn(string Name, CellKind Kind, string Meaning);

/// <summary>What a table looks like before it has rows.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">Its heading for people.</param>
/// <param name="Columns">Its columns, in order.</param>
internal sealed record TableShape(string Name, string Title, params DataColumn[] Columns);

/// <summary>Rows of values under named columns.</summary>
internal sealed class DataTable(TableShape shape)
{
    private readonly List<Cell[]> _rows = [];

    public TableShape Shape => shape;

    public IReadOnlyList<Cell[]> Rows => _rows;

    /// <summary>Adds a row that has one value of the right kind for each column.</summary>
    public void Add(params Cell[] row)
    {
        if (row.Length != shape.Columns.Length)
        {
            throw new ArgumentException(
                $"table {shape.Name} has {shape.Columns.Length} columns, the row {row.Length} values", nameof(row));
        }

        for (int i = 0; i < row.Length; i++)
        {
            if (row[i].Kind != shape.Columns[i].Kind)
            {
                throw new ArgumentException(
                    $"column {shape.Columns[i].Name} of table {shape.Name} holds {shape.Columns[i].Kind}, "
                    + $"the value is {row[i].Kind}",
                    nameof(row));
            }
        }

        _rows.Add(row);
    }

    /// <summary>The place of a column.</summary>
    public int IndexOf(string column)
    {
        int index = Array.FindIndex(shape.Columns, one => one.Name == column);
        return index >= 0
            ? index
            : throw new ArgumentException($"table {shape.Name} has no column {column}", nameof(column));
    }
}

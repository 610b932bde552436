using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

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

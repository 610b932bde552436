using SoftBoN.Kernels.Plots.Charts;
using SoftBoN.Kernels.Plots.Tables;
using SoftBoN.Tool.Study.Sources;

namespace SoftBoN.Tool.Study.Frontier;

/// <summary>Lines through the table's rows of one source.</summary>
internal sealed class FrontierLines
{
    private readonly DataTable _table;
    private readonly Cell[][] _rows;
    private readonly int _rule;
    private readonly int _n;
    private readonly int _lambda;

    public FrontierLines(DataTable table, string source)
    {
        _table = table;
        (_rule, _n, _lambda) = (table.IndexOf("rule"), table.IndexOf("n"), table.IndexOf("lambda"));
        int place = table.IndexOf("source");
        _rows = [.. table.Rows.Where(row => row[place].Text == source)];
    }

    /// <summary>For each n soft best-of-n and the uniform race, over the temperature.</summary>
    public IEnumerable<Series> OfRules(string x, string y)
    {
        double[] ns = [.. Rows(FrontierTables.Soft).Select(row => row[_n].Number).Distinct()];
        for (int i = 0; i < ns.Length; i++)
        {
            double n = ns[i];
            yield return new Series($"soft best-of-{n}", Points(FrontierTables.Soft, n, x, y), Palette.Nth(i))
            {
                Marker = Palette.NthMarker(i),
            };
            yield return new Series($"uniform race, n = {n}", Points(FrontierTables.Race, n, x, y), Palette.Nth(i))
            {
                Dash = Dash.Dotted,
            };
        }
    }

    public Series OfTilt(string x, string y) =>
        new("optimal tilt", Points(FrontierTables.Tilt, double.NaN, x, y), Ink.Black);

    public Series OfBest(string x, string y) =>
        new("best-of-n", [.. Rows(FrontierTables.Best).Select(row => Point(row, x, y))], Ink.Black)
        {
            Dash = Dash.None,
            Marker = Marker.Cross,
        };

    private IEnumerable<Cell[]> Rows(string rule) => _rows.Where(row => row[_rule].Text == rule);

    private ChartPoint[] Points(string rule, double n, string x, string y) =>
        [.. Rows(rule).Where(row => row[_n].Number.Equals(n)).Select(row => Point(row, x, y))];

    private ChartPoint Point(Cell[] row, string x, string y) => new(
        row[_table.IndexOf(x)].Number,
        row[_table.IndexOf(y)].Number,
        double.IsNaN(row[_n].Number)
            ? Temperatures.Show(row[_lambda].Number)
            : $"n = {row[_n]}, {Temperatures.Show(row[_lambda].Number)}");
}

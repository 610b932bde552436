using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Study.Throughput;

/// <summary>A row of what was measured.</summary>
/// <param name="Device">What selected.</param>
/// <param name="Use">What the row is for.</param>
/// <param name="Work">The setting.</param>
/// <param name="WallMs">The library's own time.</param>
internal sealed record MeasuredRow(string Device, string Use, Workload Work, double WallMs)
{
    public static IReadOnlyList<MeasuredRow> Of(DataTable table)
    {
        (int length, int block, int n) = (table.IndexOf("m"), table.IndexOf("block"), table.IndexOf("n"));
        (int vocabulary, int prompts) = (table.IndexOf("vocabulary"), table.IndexOf("prompts"));
        int wall = table.IndexOf("wall_ms");
        return
        [
            .. table.Rows.Select(row => new MeasuredRow(
                row[0].Text,
                row[1].Text,
                new Workload(
                    (int)row[length].Integer,
                    (int)row[vocabulary].Integer,
                    (int)row[n].Integer,
                    (int)row[prompts].Integer,
                    (int)row[block].Integer),
                row[wall].Number)),
        ];
    }
}

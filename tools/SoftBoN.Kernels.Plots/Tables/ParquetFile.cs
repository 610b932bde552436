using Parquet;
using Parquet.Schema;

namespace SoftBoN.Kernels.Plots.Tables;

/// <summary>A table as Parquet: one row group; a number that does not exist is null.</summary>
internal static class ParquetFile
{
    public static async Task WriteAsync(DataTable table, Stream stream)
    {
        DataField[] fields = [.. table.Shape.Columns.Select(Field)];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int i = 0; i < fields.Length; i++)
        {
            await WriteColumn(group, fields[i], table.Shape.Columns[i].Kind, [.. table.Rows.Select(row => row[i])]);
        }

        group.CompleteValidate();
    }

    private static DataField Field(DataColumn column) => column.Kind switch
    {
        CellKind.Text => new DataField(column.Name, typeof(string), isNullable: false),
        CellKind.Integer => new DataField(column.Name, typeof(long), isNullable: false),
        _ => new DataField(column.Name, typeof(double), isNullable: true),
    };

    private static Task WriteColumn(ParquetRowGroupWriter group, DataField field, CellKind kind, Cell[] cells)
    {
        switch (kind)
        {
            case CellKind.Text:
                string[] texts = [.. cells.Select(cell => cell.Text)];
                return group.WriteAsync(field, texts);
            case CellKind.Integer:
                long[] integers = [.. cells.Select(cell => cell.Integer)];
                return group.WriteAsync<long>(field, integers.AsMemory());
            default:
                double?[] numbers = [.. cells.Select(cell => double.IsNaN(cell.Number) ? null : (double?)cell.Number)];
                return group.WriteAsync<double>(field, numbers.AsMemory());
        }
    }
}

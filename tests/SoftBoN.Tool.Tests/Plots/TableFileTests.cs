using System.Text;
using Parquet;
using Parquet.Schema;
using SoftBoN.Kernels.Plots.Tables;

namespace SoftBoN.Tool.Tests.Plots;

/// <summary>Tables as files.</summary>
public class TableFileTests
{
    private static readonly TableShape Shape = new(
        "things",
        "Things",
        new DataColumn("name", CellKind.Text, "a name"),
        new DataColumn("count", CellKind.Integer, "a count"),
        new DataColumn("size", CellKind.Number, "a size"));

    private static DataTable Example()
    {
        var table = new DataTable(Shape);
        table.Add("plain", 1, 0.1);
        table.Add("with, comma and \"quotes\"", -2, double.NaN);
        table.Add("two\nlines", long.MaxValue, double.PositiveInfinity);
        return table;
    }

    [Fact]
    public void Csv_quotes_what_needs_it_and_leaves_out_what_is_not_there()
    {
        using var stream = new MemoryStream();
        CsvFile.Write(Example(), stream);
        Assert.Equal(
            "name,count,size\nplain,1,0.1\n\"with, comma and \"\"quotes\"\"\",-2,\n"
            + "\"two\nlines\",9223372036854775807,inf\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task Parquet_reads_back_with_names_types_and_nulls()
    {
        using var stream = new MemoryStream();
        await ParquetFile.WriteAsync(Example(), stream);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal(["name", "count", "size"], fields.Select(field => field.Name));
        Assert.Equal([typeof(long), typeof(double)], fields.Skip(1).Select(field => field.ClrType));
        Assert.Equal([false, false, true], fields.Select(field => field.IsNullable));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        var names = new string?[3];
        long[] counts = new long[3];
        double?[] sizes = new double?[3];
        await group.ReadAsync(fields[0], names);
        await group.ReadAsync<long>(fields[1], counts.AsMemory());
        await group.ReadAsync<double>(fields[2], sizes.AsMemory());
        Assert.Equal("plain|with, comma and \"quotes\"|two\nlines", string.Join("|", names));
        Assert.Equal([1, -2, long.MaxValue], counts);
        Assert.Equal([0.1, null, double.PositiveInfinity], sizes);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        var table = new DataTable(Shape);
        string tooShort = Assert.Throws<ArgumentException>(() => table.Add("a", 1)).Message;
        Assert.Contains("3 columns", tooShort, StringComparison.Ordinal);
        string wrongKind = Assert.Throws<ArgumentException>(() => table.Add("a", 1, 2)).Message;
        Assert.Contains("size", wrongKind, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.123456789, "0.12346")]
    [InlineData(123456.7, "123457")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1.23456e-9, "1.2346e-9")]
    [InlineData(1e7, "1e+7")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Numbers_are_brief_for_people(double value, string text) =>
        Assert.Equal(text, NumberText.Brief(value));
}

using Parquet.Meta;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>
/// Columns of float16, which the library knows in a file's schema and then refuses to open the file for. Their values are
/// read as two bytes each, and are float32 from then on.
/// </summary>
internal static class ParquetHalves
{
    /// <summary>Finds the columns, and has the library take them for bytes.</summary>
    /// <param name="metadata">The file's, before its schema is looked at.</param>
    public static HashSet<string> Find(FileMetaData metadata)
    {
        var names = new HashSet<string>();
        string column = "";
        int inner = 0;
        foreach (SchemaElement element in metadata.Schema.Skip(1))
        {
            // Elements stand in the order of a walk through the tree of columns.
            column = inner == 0 ? element.Name : column;
            inner += (element.NumChildren ?? 0) - (inner == 0 ? 0 : 1);
            if (element.LogicalType?.FLOAT16 is not null)
            {
                names.Add(column);
                element.LogicalType = null;
            }
        }

        return names;
    }

    public static CellsShape ShapeOf(CellsShape bytes) => bytes with
    {
        Type = bytes.Type is null ? null : typeof(float),
        Spelled = bytes.Spelled.Replace("bytes", "float16", StringComparison.Ordinal),
    };

    public static Cells<float> ToFloats(Cells<ReadOnlyMemory<byte>> cells, CellsShape shape)
    {
        var floats = new Cells<float>(shape);
        Span<float> into = floats.Extend(cells.Count);
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = cells.IsNull(i) ? float.NaN : (float)BitConverter.ToHalf(cells.Values[i].Span);
        }

        floats.CopyRowsOf(cells);
        return floats;
    }
}

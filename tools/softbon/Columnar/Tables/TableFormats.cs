namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Writers by format.</summary>
internal static class TableFormats
{
    public static ITableWriter Writer(
        TableFormat format,
        IReadOnlyList<CellsShape> columns,
        IReadOnlyDictionary<string, string> metadata,
        Stream stream) => format == TableFormat.Parquet
            ? new ParquetTableWriter(columns, metadata, stream)
            : new ArrowTableWriter(columns, metadata, stream, isFile: format == TableFormat.Arrow);

    /// <summary>How files of a format are named.</summary>
    public static string EndingOf(TableFormat format) => format switch
    {
        TableFormat.Parquet => ".parquet",
        TableFormat.Arrow => ".arrow",
        _ => ".arrows",
    };
}

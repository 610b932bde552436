namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>A file of columns that is read. One thread at a time.</summary>
internal interface ITableReader : IDisposable
{
    IReadOnlyList<CellsShape> Columns { get; }

    /// <summary>The keys and values that were written with the table.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Row groups, or record batches.</summary>
    int Groups { get; }

    long Rows(int group);

    /// <summary>What the columns take in memory, in bytes, as far as the file tells.</summary>
    long Bytes(int group, IEnumerable<int> columns);

    Cells Read(int group, int column);
}

/// <summary>A file of columns that is written.</summary>
internal interface ITableWriter
{
    /// <summary>Writes columns of equal length as a row group, or a record batch.</summary>
    void Write(IReadOnlyList<Cells> columns);

    /// <summary>Writes what stands at the end of the file; leaves the stream open.</summary>
    /// <param name="metadata">Keys and values that were not known at the beginning; a stream has no place for them.</param>
    void Finish(IReadOnlyDictionary<string, string> metadata);
}

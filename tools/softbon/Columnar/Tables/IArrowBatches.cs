using Apache.Arrow;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>The record batches of an Arrow file or stream, in any order.</summary>
internal interface IArrowBatches : IDisposable
{
    Schema Schema { get; }

    int Count { get; }

    /// <summary>Null where only the batch itself tells.</summary>
    long? RowsOf(int batch);

    /// <summary>In the file.</summary>
    long BytesOf(int batch);

    RecordBatch Read(int batch);
}

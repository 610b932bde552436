using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>The batches of an Arrow file, by the index at its end.</summary>
internal sealed class ArrowFileBatches : IArrowBatches
{
    private readonly ArrowFileReader _reader;
    private readonly long _bytes;

    public ArrowFileBatches(Stream stream)
    {
        _reader = new ArrowFileReader(stream, new CompressionCodecFactory());
        Schema = _reader.GetSchema().AsTask().GetAwaiter().GetResult();
        Count = _reader.RecordBatchCountAsync().AsTask().GetAwaiter().GetResult();
        _bytes = stream.Length / Math.Max(1, Count);
    }

    public Schema Schema { get; }

    public int Count { get; }

    /// <summary>Whether it begins as files do; a stream does not.</summary>
    public static bool IsFile(Stream stream)
    {
        Span<byte> begin = stackalloc byte[6];
        int length = stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return begin[..length].SequenceEqual("ARROW1"u8);
    }

    public long? RowsOf(int batch) => null;

    /// <summary>Batches are taken for equal.</summary>
    public long BytesOf(int batch) => _bytes;

    public RecordBatch Read(int batch) =>
        _reader.ReadRecordBatchAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public void Dispose() => _reader.Dispose();
}

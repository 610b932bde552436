using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>The batches of an Arrow stream that lies in a file: they are found by going over its messages once.</summary>
internal sealed class ArrowStreamBatches : IArrowBatches
{
    private readonly Stream _stream;
    private readonly ArrowStreamReader _reader;
    private readonly List<ArrowMessage> _batches = [];

    public ArrowStreamBatches(Stream stream)
    {
        _stream = stream;
        _reader = new ArrowStreamReader(stream, new CompressionCodecFactory(), leaveOpen: false);
        Schema = _reader.GetSchema().AsTask().GetAwaiter().GetResult();
        stream.Position = 0;
        bool hasDictionaries = false;
        while (ArrowMessage.Next(stream) is { } message)
        {
            hasDictionaries |= message.Kind == ArrowMessage.Dictionary;
            if (message.Kind == ArrowMessage.Dictionary && _batches.Count > 0)
            {
                throw new NotSupportedException("its dictionaries change between batches; write it as a file, or without them");
            }

            if (message.Kind == ArrowMessage.Batch)
            {
                _batches.Add(message);
            }
        }

        if (hasDictionaries && _batches.Count > 0)
        {
            // The reader meets them on the way to the first batch.
            stream.Position = 0;
            _ = ArrowMessage.Next(stream);
            _reader.ReadNextRecordBatch()?.Dispose();
        }
    }

    public Schema Schema { get; }

    public int Count => _batches.Count;

    public long? RowsOf(int batch) => _batches[batch].Rows;

    public long BytesOf(int batch) => _batches[batch].Body;

    public RecordBatch Read(int batch)
    {
        _stream.Position = _batches[batch].Start;
        return _reader.ReadNextRecordBatch();
    }

    public void Dispose() => _reader.Dispose();
}

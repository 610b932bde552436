using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Writes Parquet, compressed with zstd; every column may hold nulls.</summary>
internal sealed class ParquetTableWriter : ITableWriter
{
    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;
    private readonly Stream _stream;
    private readonly IReadOnlyDictionary<string, string> _metadata;
    private readonly List<ChunkSum> _sums = [];

    /// <param name="columns">What is written.</param>
    /// <param name="metadata">Keys and values for the file's end.</param>
    /// <param name="stream">Where it goes; read too, and left open.</param>
    public ParquetTableWriter(
        IReadOnlyList<CellsShape> columns, IReadOnlyDictionary<string, string> metadata, Stream stream)
    {
        Field[] fields = [.. columns.Select(FieldOf)];
        _fields = [.. fields.Select(field => field is ListField list ? (DataField)list.Item : (DataField)field)];
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Fastest,
        };
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options).GetAwaiter().GetResult();
        (_stream, _metadata) = (stream, metadata);
    }

    public void Write(IReadOnlyList<Cells> columns)
    {
        using ParquetRowGroupWriter rows = _writer.CreateRowGroup();
        for (int i = 0; i < _fields.Length; i++)
        {
            long start = _stream.Position;
            Write(rows, _fields[i], columns[i]);
            var place = new ChunkPlace(start, _stream.Position - start);
            _sums.Add(new ChunkSum(place, ChunkCheck.SumOf(_stream, place)));
        }
    }

    public void Finish(IReadOnlyDictionary<string, string> metadata)
    {
        _writer.CustomMetadata = new Dictionary<string, string>(_metadata.Concat(metadata))
        {
            [ChunkSums.Key] = new ChunkSums(_sums).ToString(),
        };
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static Field FieldOf(CellsShape shape)
    {
        Type type = shape.IsText ? typeof(string) : shape.Type == typeof(ReadOnlyMemory<byte>) ? typeof(byte[]) : shape.Type!;
        return shape.IsList
            ? new ListField(shape.Name, new DataField(ListField.ElementName, type, isNullable: true))
            : new DataField(shape.Name, type, isNullable: true);
    }

    private static void Write(ParquetRowGroupWriter rows, DataField field, Cells cells)
    {
        switch (cells)
        {
            case Cells<bool> c: Write(rows, field, c); break;
            case Cells<sbyte> c: Write(rows, field, c); break;
            case Cells<byte> c: Write(rows, field, c); break;
            case Cells<short> c: Write(rows, field, c); break;
            case Cells<ushort> c: Write(rows, field, c); break;
            case Cells<int> c: Write(rows, field, c); break;
            case Cells<uint> c: Write(rows, field, c); break;
            case Cells<long> c: Write(rows, field, c); break;
            case Cells<ulong> c: Write(rows, field, c); break;
            case Cells<float> c: Write(rows, field, c); break;
            case Cells<double> c: Write(rows, field, c); break;
            case Cells<ReadOnlyMemory<char>> c: Write(rows, field, c); break;
            default: Write(rows, field, (Cells<ReadOnlyMemory<byte>>)cells); break;
        }
    }

    private static void Write<T>(ParquetRowGroupWriter rows, DataField field, Cells<T> cells)
        where T : struct
    {
        int most = cells.Count + (cells.Shape.IsList ? cells.Rows : 0);
        T[] packed = ArrayPool<T>.Shared.Rent(most);
        int[] definition = ArrayPool<int>.Shared.Rent(most);
        int[] repetition = ArrayPool<int>.Shared.Rent(most);
        ParquetLevels.Pack(cells, packed, definition, repetition, out int values, out int levels);
        ReadOnlyMemory<int>? repeated = cells.Shape.IsList ? repetition.AsMemory(0, levels) : null;
        rows.WriteAllPartsAsync<T>(
            field, packed.AsMemory(0, values), definition.AsMemory(0, levels), repeated, CancellationToken.None)
            .GetAwaiter().GetResult();
        // What is left in a pool holds on to what it refers to: the texts of a row group.
        ArrayPool<T>.Shared.Return(packed, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        ArrayPool<int>.Shared.Return(definition);
        ArrayPool<int>.Shared.Return(repetition);
    }
}

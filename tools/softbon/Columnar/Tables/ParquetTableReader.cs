using System.Buffers;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Reads Parquet.</summary>
internal sealed class ParquetTableReader : ITableReader
{
    private readonly ParquetReader _reader;
    private readonly DataField?[] _fields;
    private readonly Stream _stream;
    private readonly ChunkSums? _sums;
    private readonly HashSet<string> _halves;

    private ParquetTableReader(ParquetReader reader, Stream stream)
    {
        (_reader, _stream) = (reader, stream);
        _halves = ParquetHalves.Find(reader.Metadata!);
        _sums = ChunkSums.Of(reader.CustomMetadata, [.. reader.Metadata!.RowGroups.SelectMany(PlacesOf)]);
        _fields = [.. reader.Schema.Fields.Select(FieldOf)];
        Columns = [.. reader.Schema.Fields.Select((field, i) => ShapeOf(field, _fields[i]))];
        Columns = [.. Columns.Select(shape => _halves.Contains(shape.Name) ? ParquetHalves.ShapeOf(shape) : shape)];
    }

    public IReadOnlyList<CellsShape> Columns { get; }

    public IReadOnlyDictionary<string, string> Metadata => _reader.CustomMetadata;

    public int Groups => _reader.RowGroupCount;

    /// <param name="stream">The file; closed with this.</param>
    public static ParquetTableReader Open(Stream stream)
    {
        try
        {
            return new ParquetTableReader(
                ParquetReader.CreateAsync(stream, leaveStreamOpen: false).GetAwaiter().GetResult(), stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public long Rows(int group) => _reader.Metadata!.RowGroups[group].NumRows;

    public long Bytes(int group, IEnumerable<int> columns) => columns.Sum(column =>
        _reader.Metadata!.RowGroups[group].Columns
            .Where(chunk => chunk.MetaData?.PathInSchema[0] == Columns[column].Name)
            .Sum(InMemory));

    public Cells Read(int group, int column)
    {
        DataField field = _fields[column]!;
        Check(group, column);
        using ParquetRowGroupReader rows = _reader.OpenRowGroupReader(group);
        bool isHalf = _halves.Contains(Columns[column].Name);
        Cells cells = Cells.Create(isHalf ? Columns[column] with { Type = typeof(ReadOnlyMemory<byte>) } : Columns[column]);
        Fill(rows, field, cells);
        return cells.Rows == rows.RowCount
            ? isHalf ? ParquetHalves.ToFloats((Cells<ReadOnlyMemory<byte>>)cells, Columns[column]) : cells
            : throw new InvalidDataException($"it has {cells.Rows} rows where the row group has {rows.RowCount}");
    }

    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Compares the stored bytes with the checksums that the file has.</summary>
    private void Check(int group, int column)
    {
        RowGroup rows = _reader.Metadata!.RowGroups[group];
        int chunk = rows.Columns.FindIndex(c => c.MetaData?.PathInSchema[0] == Columns[column].Name);
        if (chunk < 0)
        {
            // The library says so.
            return;
        }

        ChunkPlace place = PlaceOf(rows.Columns[chunk]);
        if (_sums is not null)
        {
            ChunkCheck.Whole(_stream, place, _sums[(group * rows.Columns.Count) + chunk]);
        }
        else
        {
            ChunkCheck.Pages(_stream, place);
        }
    }

    private static IEnumerable<ChunkPlace> PlacesOf(RowGroup rows) => rows.Columns.Select(PlaceOf);

    private static ChunkPlace PlaceOf(ColumnChunk chunk)
    {
        if (chunk.MetaData is not { } there)
        {
            return default;
        }

        // Some writers say 0 where there is no dictionary.
        long start = there.DictionaryPageOffset is > 0 and var first ? Math.Min(first, there.DataPageOffset) : there.DataPageOffset;
        return new ChunkPlace(start, there.TotalCompressedSize);
    }

    private static void Fill(ParquetRowGroupReader rows, DataField field, Cells cells)
    {
        switch (cells)
        {
            case Cells<bool> c: Fill(rows, field, c); break;
            case Cells<sbyte> c: Fill(rows, field, c); break;
            case Cells<byte> c: Fill(rows, field, c); break;
            case Cells<short> c: Fill(rows, field, c); break;
            case Cells<ushort> c: Fill(rows, field, c); break;
            case Cells<int> c: Fill(rows, field, c); break;
            case Cells<uint> c: Fill(rows, field, c); break;
            case Cells<long> c: Fill(rows, field, c); break;
            case Cells<ulong> c: Fill(rows, field, c); break;
            case Cells<float> c: Fill(rows, field, c); break;
            case Cells<double> c: Fill(rows, field, c); break;
            case Cells<ReadOnlyMemory<char>> c: Fill(rows, field, c); break;
            default: Fill(rows, field, (Cells<ReadOnlyMemory<byte>>)cells); break;
        }
    }

    private static void Fill<T>(ParquetRowGroupReader rows, DataField field, Cells<T> cells)
        where T : struct
    {
        ColumnMetaData chunk = rows.GetMetadata(field)?.MetaData ?? throw new InvalidDataException("it is not there");
        int levels = checked((int)chunk.NumValues);
        if (levels == 0)
        {
            return;
        }

        T[] packed = ArrayPool<T>.Shared.Rent(levels);
        int[] definition = ArrayPool<int>.Shared.Rent(levels);
        int[] repetition = ArrayPool<int>.Shared.Rent(levels);

        // The library wants room for both levels, whichever there are.
        rows.ReadRawAsync<T>(
            field, packed.AsMemory(0, levels), definition.AsMemory(0, levels), repetition.AsMemory(0, levels))
            .AsTask().GetAwaiter().GetResult();
        if (field.MaxDefinitionLevel > 0)
        {
            ReadOnlySpan<int> repeated = repetition.AsSpan(0, field.MaxRepetitionLevel > 0 ? levels : 0);
            ParquetLevels.Of(field).Unpack(packed.AsSpan(0, levels), definition.AsSpan(0, levels), repeated, cells);
        }
        else
        {
            cells.Add(packed.AsSpan(0, levels));
            cells.EndRows();
        }

        // What is left in a pool holds on to what it refers to: the texts of a row group.
        ArrayPool<T>.Shared.Return(packed, clearArray: RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        ArrayPool<int>.Shared.Return(definition);
        ArrayPool<int>.Shared.Return(repetition);
    }

    /// <summary>Values, with two bytes for a character, and the levels beside them.</summary>
    private static long InMemory(ColumnChunk chunk) =>
        (chunk.MetaData!.TotalUncompressedSize * (chunk.MetaData.Type == Parquet.Meta.Type.BYTE_ARRAY ? 2 : 1))
        + (12 * chunk.MetaData.NumValues);

    private static DataField? FieldOf(Field field) => field switch
    {
        DataField { MaxRepetitionLevel: <= 1 } data => data,
        ListField { Item: DataField { MaxRepetitionLevel: 1 } item } => item,
        _ => null,
    };

    private static CellsShape ShapeOf(Field field, DataField? data) => data is null
        ? new CellsShape(field.Name, null, false, field.SchemaType.ToString().ToLowerInvariant())
        : new CellsShape(
            field.Name,
            CellsShape.Holds(data.ClrType) ? data.ClrType : null,
            data.MaxRepetitionLevel > 0,
            Spell(data));

    private static string Spell(DataField data) =>
        (data.MaxRepetitionLevel > 0 ? "list of " : "")
        + (data.ClrType == typeof(ReadOnlyMemory<char>) ? "text"
            : data.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : data.ClrType.Name);
}

using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Reads Arrow IPC files (with their index, so not streams), uncompressed.</summary>
internal sealed class ArrowTableReader : ITableReader
{
    private readonly ArrowFileReader _reader;
    private readonly long _bytesOfBatch;
    private RecordBatch? _batch;
    private int _at = -1;

    private ArrowTableReader(Stream stream)
    {
        _reader = new ArrowFileReader(stream, leaveOpen: false);
        Schema schema = _reader.GetSchema().AsTask().GetAwaiter().GetResult();
        Groups = _reader.RecordBatchCountAsync().AsTask().GetAwaiter().GetResult();
        _bytesOfBatch = stream.Length / Math.Max(1, Groups);
        Columns = [.. schema.FieldsList.Select(ShapeOf)];
        Metadata = (IReadOnlyDictionary<string, string>?)schema.Metadata ?? new Dictionary<string, string>();
    }

    public IReadOnlyList<CellsShape> Columns { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public int Groups { get; }

    public static ArrowTableReader Open(Stream stream)
    {
        try
        {
            return new ArrowTableReader(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public long Rows(int group) => Batch(group).Length;

    /// <summary>Batches are read whole, and taken for equal.</summary>
    public long Bytes(int group, IEnumerable<int> columns) => 2 * _bytesOfBatch;

    public Cells Read(int group, int column)
    {
        IArrowArray array = Batch(group).Column(column);
        Cells cells = Cells.Create(Columns[column]);
        if (array is not ListArray lists)
        {
            AddValues(array, 0, array.Length, cells);
            cells.EndRows();
            return cells;
        }

        for (int row = 0; row < lists.Length; row++)
        {
            if (lists.IsNull(row))
            {
                cells.EndNullRow();
                continue;
            }

            AddValues(lists.Values, lists.ValueOffsets[row], lists.GetValueLength(row), cells);
            cells.EndRow();
        }

        return cells;
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _reader.Dispose();
    }

    private RecordBatch Batch(int group)
    {
        if (_at != group)
        {
            _batch?.Dispose();
            _batch = _reader.ReadRecordBatchAsync(group, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            _at = group;
        }

        return _batch!;
    }

    private static void AddValues(IArrowArray array, int start, int count, Cells cells)
    {
        switch (cells)
        {
            case Cells<ReadOnlyMemory<char>> c: AddTexts((StringArray)array, start, count, c); break;
            case Cells<bool> c: AddBools((BooleanArray)array, start, count, c); break;
            case Cells<sbyte> c: Add((Int8Array)array, start, count, c); break;
            case Cells<byte> c: Add((UInt8Array)array, start, count, c); break;
            case Cells<short> c: Add((Int16Array)array, start, count, c); break;
            case Cells<ushort> c: Add((UInt16Array)array, start, count, c); break;
            case Cells<int> c: Add((Int32Array)array, start, count, c); break;
            case Cells<uint> c: Add((UInt32Array)array, start, count, c); break;
            case Cells<long> c: Add((Int64Array)array, start, count, c); break;
            case Cells<ulong> c: Add((UInt64Array)array, start, count, c); break;
            case Cells<float> c: Add((FloatArray)array, start, count, c); break;
            default: Add((DoubleArray)array, start, count, (Cells<double>)cells); break;
        }
    }

    private static void Add<T>(PrimitiveArray<T> array, int start, int count, Cells<T> cells)
        where T : struct, IEquatable<T>
    {
        int before = cells.Count;
        cells.Add(array.Values.Slice(start, count));
        for (int i = 0; i < count && array.NullCount > 0; i++)
        {
            if (array.IsNull(start + i))
            {
                cells.SetNull(before + i);
            }
        }
    }

    private static void AddTexts(StringArray array, int start, int count, Cells<ReadOnlyMemory<char>> cells)
    {
        for (int i = start; i < start + count; i++)
        {
            if (array.IsNull(i))
            {
                cells.AddNull();
            }
            else
            {
                cells.Add(array.GetString(i).AsMemory());
            }
        }
    }

    private static void AddBools(BooleanArray array, int start, int count, Cells<bool> cells)
    {
        for (int i = start; i < start + count; i++)
        {
            if (array.GetValue(i) is { } value)
            {
                cells.Add(value);
            }
            else
            {
                cells.AddNull();
            }
        }
    }

    private static CellsShape ShapeOf(Field field) => field.DataType is ListType list
        ? new CellsShape(field.Name, TypeOf(list.ValueDataType), true, $"list of {list.ValueDataType.Name}")
        : new CellsShape(field.Name, TypeOf(field.DataType), false, field.DataType.Name);

    private static Type? TypeOf(IArrowType type) => type.TypeId switch
    {
        ArrowTypeId.Boolean => typeof(bool),
        ArrowTypeId.Int8 => typeof(sbyte),
        ArrowTypeId.UInt8 => typeof(byte),
        ArrowTypeId.Int16 => typeof(short),
        ArrowTypeId.UInt16 => typeof(ushort),
        ArrowTypeId.Int32 => typeof(int),
        ArrowTypeId.UInt32 => typeof(uint),
        ArrowTypeId.Int64 => typeof(long),
        ArrowTypeId.UInt64 => typeof(ulong),
        ArrowTypeId.Float => typeof(float),
        ArrowTypeId.Double => typeof(double),
        ArrowTypeId.String => typeof(ReadOnlyMemory<char>),
        _ => null,
    };
}

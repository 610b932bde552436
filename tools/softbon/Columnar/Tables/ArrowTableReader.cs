using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Reads Arrow IPC files and streams.</summary>
internal sealed class ArrowTableReader : ITableReader
{
    private readonly IArrowBatches _batches;
    private RecordBatch? _batch;
    private int _at = -1;

    private ArrowTableReader(IArrowBatches batches)
    {
        _batches = batches;
        Columns = [.. batches.Schema.FieldsList.Select(ShapeOf)];
        Metadata = (IReadOnlyDictionary<string, string>?)batches.Schema.Metadata ?? new Dictionary<string, string>();
    }

    public IReadOnlyList<CellsShape> Columns { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public int Groups => _batches.Count;

    /// <param name="stream">The file; closed with this.</param>
    public static ArrowTableReader Open(Stream stream)
    {
        try
        {
            return new ArrowTableReader(
                ArrowFileBatches.IsFile(stream) ? new ArrowFileBatches(stream) : new ArrowStreamBatches(stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public long Rows(int group) => _batches.RowsOf(group) ?? Batch(group).Length;

    /// <summary>Batches are read whole, and then copied.</summary>
    public long Bytes(int group, IEnumerable<int> columns) => 2 * _batches.BytesOf(group);

    public Cells Read(int group, int column)
    {
        RecordBatch batch = Batch(group);
        Cells cells = Cells.Create(Columns[column]);
        Fill(batch.Column(column), cells);
        return cells.Rows == batch.Length
            ? cells
            : throw new InvalidDataException($"it has {cells.Rows} rows where the row group has {batch.Length}");
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _batches.Dispose();
    }

    private static void Fill(IArrowArray array, Cells cells)
    {
        switch (array)
        {
            case LargeListArray large:
                ReadLists(large, large.Values, large.ValueOffsets, cells);
                break;
            case FixedSizeListArray lists:
                ReadLists(lists, ((FixedSizeListType)lists.Data.DataType).ListSize, cells);
                break;
            case ListArray lists:
                ReadLists(lists, lists.Values, lists.ValueOffsets, cells);
                break;
            default:
                AddValues(array, 0, array.Length, cells);
                cells.EndRows();
                break;
        }
    }

    private static void ReadLists<TOffset>(IArrowArray lists, IArrowArray values, ReadOnlySpan<TOffset> offsets, Cells cells)
        where TOffset : IBinaryInteger<TOffset>
    {
        for (int row = 0; row < lists.Length; row++)
        {
            if (lists.IsNull(row))
            {
                cells.EndNullRow();
                continue;
            }

            int start = int.CreateChecked(offsets[row]);
            AddValues(values, start, int.CreateChecked(offsets[row + 1]) - start, cells);
            cells.EndRow();
        }
    }

    private static void ReadLists(FixedSizeListArray lists, int size, Cells cells)
    {
        for (int row = 0; row < lists.Length; row++)
        {
            if (lists.IsNull(row))
            {
                cells.EndNullRow();
                continue;
            }

            AddValues(lists.Values, (lists.Offset + row) * size, size, cells);
            cells.EndRow();
        }
    }

    private RecordBatch Batch(int group)
    {
        if (_at != group)
        {
            _batch?.Dispose();
            (_batch, _at) = (null, -1);
            (_batch, _at) = (_batches.Read(group), group);
        }

        return _batch!;
    }

    private static void AddValues(IArrowArray array, int start, int count, Cells cells)
    {
        switch (cells)
        {
            case Cells<ReadOnlyMemory<char>> c: ArrowTexts.Add(array, start, count, c); break;
            case Cells<ReadOnlyMemory<byte>> c: AddBytes((BinaryArray)array, start, count, c); break;
            case Cells<bool> c: AddBools((BooleanArray)array, start, count, c); break;
            case Cells<sbyte> c: Add((Int8Array)array, start, count, c); break;
            case Cells<byte> c: Add((UInt8Array)array, start, count, c); break;
            case Cells<short> c: Add((Int16Array)array, start, count, c); break;
            case Cells<ushort> c: Add((UInt16Array)array, start, count, c); break;
            case Cells<int> c: Add((Int32Array)array, start, count, c); break;
            case Cells<uint> c: Add((UInt32Array)array, start, count, c); break;
            case Cells<long> c: Add((Int64Array)array, start, count, c); break;
            case Cells<ulong> c: Add((UInt64Array)array, start, count, c); break;
            case Cells<float> c when array is HalfFloatArray halves: AddHalves(halves, start, count, c); break;
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

    private static void AddHalves(HalfFloatArray array, int start, int count, Cells<float> cells)
    {
        for (int i = start; i < start + count; i++)
        {
            if (array.IsNull(i))
            {
                cells.AddNull();
            }
            else
            {
                cells.Add((float)array.Values[i]);
            }
        }
    }

    private static void AddBytes(BinaryArray array, int start, int count, Cells<ReadOnlyMemory<byte>> cells)
    {
        for (int i = start; i < start + count; i++)
        {
            if (array.IsNull(i))
            {
                cells.AddNull();
            }
            else
            {
                cells.Add(ArrowTexts.BytesOf(array, i).ToArray());
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

    private static CellsShape ShapeOf(Field field) => field.DataType switch
    {
        ListType list => ListOf(field, list.ValueDataType),
        LargeListType list => ListOf(field, list.ValueDataType),
        FixedSizeListType list => ListOf(field, list.ValueDataType),
        _ => new CellsShape(field.Name, TypeOf(field.DataType), false, field.DataType.Name),
    };

    private static CellsShape ListOf(Field field, IArrowType item) =>
        new(field.Name, TypeOf(item), true, $"list of {item.Name}");

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
        ArrowTypeId.Float or ArrowTypeId.HalfFloat => typeof(float),
        ArrowTypeId.Double => typeof(double),
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView => typeof(ReadOnlyMemory<char>),
        ArrowTypeId.Dictionary when TypeOf(((DictionaryType)type).ValueType) == typeof(ReadOnlyMemory<char>) =>
            typeof(ReadOnlyMemory<char>),
        ArrowTypeId.Binary => typeof(ReadOnlyMemory<byte>),
        _ => null,
    };
}

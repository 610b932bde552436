using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>Writes an Arrow IPC file or stream; every column may hold nulls.</summary>
internal sealed class ArrowTableWriter : ITableWriter, IDisposable
{
    private readonly ArrowStreamWriter _writer;
    private readonly Schema _schema;

    /// <param name="columns">What is written.</param>
    /// <param name="metadata">Keys and values of the schema.</param>
    /// <param name="stream">Where it goes; left open.</param>
    /// <param name="isFile">A file, with an index at its end; otherwise a stream.</param>
    public ArrowTableWriter(
        IReadOnlyList<CellsShape> columns, IReadOnlyDictionary<string, string> metadata, Stream stream, bool isFile)
    {
        _schema = new Schema(columns.Select(shape => new Field(shape.Name, TypeOf(shape), nullable: true)), metadata);
        _writer = isFile
            ? new ArrowFileWriter(stream, _schema, leaveOpen: true)
            : new ArrowStreamWriter(stream, _schema, leaveOpen: true);
        _writer.WriteStart();
    }

    public void Write(IReadOnlyList<Cells> columns)
    {
        using var batch = new RecordBatch(_schema, columns.Select(ArrayOf), columns[0].Rows);
        _writer.WriteRecordBatch(batch);
    }

    public void Finish(IReadOnlyDictionary<string, string> metadata)
    {
        foreach ((string key, string value) in metadata)
        {
            // A file has the schema once more in its end, which readers go by.
            ((IDictionary<string, string>)_schema.Metadata)[key] = value;
        }

        _writer.WriteEnd();
        Dispose();
    }

    public void Dispose() => _writer.Dispose();

    private static IArrowType TypeOf(CellsShape shape)
    {
        IArrowType item = shape.Type switch
        {
            Type type when type == typeof(bool) => BooleanType.Default,
            Type type when type == typeof(sbyte) => Int8Type.Default,
            Type type when type == typeof(byte) => UInt8Type.Default,
            Type type when type == typeof(short) => Int16Type.Default,
            Type type when type == typeof(ushort) => UInt16Type.Default,
            Type type when type == typeof(int) => Int32Type.Default,
            Type type when type == typeof(uint) => UInt32Type.Default,
            Type type when type == typeof(long) => Int64Type.Default,
            Type type when type == typeof(ulong) => UInt64Type.Default,
            Type type when type == typeof(float) => FloatType.Default,
            Type type when type == typeof(double) => DoubleType.Default,
            Type type when type == typeof(ReadOnlyMemory<char>) => StringType.Default,
            _ => BinaryType.Default,
        };
        return shape.IsList ? new ListType(new Field("item", item, nullable: true)) : item;
    }

    private static IArrowArray ArrayOf(Cells cells)
    {
        IArrowArray values = ValuesOf(cells);
        if (!cells.Shape.IsList)
        {
            return values;
        }

        var offsets = new ArrowBuffer.Builder<int>(cells.Rows + 1);
        offsets.Append(0);
        offsets.AppendRange(cells.Ends);
        var validity = new ArrowBuffer.BitmapBuilder(cells.Rows);
        int nulls = 0;
        for (int row = 0; row < cells.Rows; row++)
        {
            validity.Append(!cells.IsNullRow(row));
            nulls += cells.IsNullRow(row) ? 1 : 0;
        }

        return new ListArray(TypeOf(cells.Shape), cells.Rows, offsets.Build(), values, validity.Build(), nulls);
    }

    private static IArrowArray ValuesOf(Cells cells) => cells switch
    {
        Cells<bool> c => Fill(new BooleanArray.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<sbyte> c => Fill(new Int8Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<byte> c => Fill(new UInt8Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<short> c => Fill(new Int16Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<ushort> c => Fill(new UInt16Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<int> c => Fill(new Int32Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<uint> c => Fill(new UInt32Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<long> c => Fill(new Int64Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<ulong> c => Fill(new UInt64Array.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<float> c => Fill(new FloatArray.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<double> c => Fill(new DoubleArray.Builder(), c, (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        Cells<ReadOnlyMemory<char>> c =>
            Fill(new StringArray.Builder(), c, (b, v) => b.Append(v.ToString()), b => b.AppendNull()).Build(),
        _ => Fill(
            new BinaryArray.Builder(),
            (Cells<ReadOnlyMemory<byte>>)cells,
            (b, v) => b.Append(v.Span),
            b => b.AppendNull()).Build(),
    };

    private static TBuilder Fill<T, TBuilder>(
        TBuilder builder, Cells<T> cells, Action<TBuilder, T> add, Action<TBuilder> addNull)
        where T : struct
    {
        for (int i = 0; i < cells.Count; i++)
        {
            if (cells.IsNull(i))
            {
                addNull(builder);
            }
            else
            {
                add(builder, cells.Values[i]);
            }
        }

        return builder;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftBoN.Tool.Columnar.Tables;

/// <summary>A column in memory, some rows of it: one value a row, or a list a row. Values and lists may be null.</summary>
internal abstract class Cells(CellsShape shape)
{
    private readonly List<bool> _nullRows = [];

    public CellsShape Shape => shape;

    /// <summary>Rows that were begun and ended.</summary>
    public int Rows { get; private set; }

    /// <summary>Where each row's values end; empty where there is a value a row.</summary>
    public List<int> Ends { get; } = [];

    /// <summary>Values of all rows, null ones included.</summary>
    public abstract int Count { get; }

    public abstract bool HasNulls { get; }

    public bool HasNullRows => _nullRows.Count > 0;

    public static Cells Create(CellsShape shape) =>
        (Cells)Activator.CreateInstance(typeof(Cells<>).MakeGenericType(shape.Type!), shape)!;

    public abstract bool IsNull(int index);

    public abstract void AddNull();

    /// <summary>Marks a value as null.</summary>
    public abstract void SetNull(int index);

    /// <summary>Adds a row of another column of the same type.</summary>
    public abstract void AddRowOf(Cells other, int row);

    /// <summary>How much memory the values of all rows take.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            for (int row = 0; row < Rows; row++)
            {
                bytes += BytesOf(row);
            }

            return bytes;
        }
    }

    /// <summary>How much memory the values of a row take.</summary>
    public abstract long BytesOf(int row);

    public bool IsNullRow(int row) => row < _nullRows.Count && _nullRows[row];

    /// <summary>The places of a row's values.</summary>
    public Range this[int row] => shape.IsList ? new Range(row == 0 ? 0 : Ends[row - 1], Ends[row]) : new Range(row, row + 1);

    /// <summary>Ends a row behind the values that were added.</summary>
    public void EndRow()
    {
        Rows++;
        if (shape.IsList)
        {
            Ends.Add(Count);
        }
    }

    /// <summary>Ends a row of a list column behind the first <paramref name="count"/> values.</summary>
    public void EndRowAt(int count)
    {
        Rows++;
        Ends.Add(count);
    }

    /// <summary>Ends a row that has no value or no list.</summary>
    public void EndNullRow()
    {
        if (shape.IsList)
        {
            while (_nullRows.Count < Rows)
            {
                _nullRows.Add(false);
            }

            _nullRows.Add(true);
        }
        else
        {
            AddNull();
        }

        EndRow();
    }

    /// <summary>Takes over where another column's rows end, and which of its values and rows are null.</summary>
    public void CopyRowsOf(Cells other)
    {
        for (int i = 0; i < other.Count && other.HasNulls; i++)
        {
            if (other.IsNull(i))
            {
                SetNull(i);
            }
        }

        Ends.AddRange(other.Ends);
        _nullRows.AddRange(other._nullRows);
        Rows = other.Rows;
    }

    /// <summary>Says that each value that was added is a row.</summary>
    public void EndRows() => Rows = Count;
}

/// <summary>A column in memory.</summary>
internal sealed class Cells<T>(CellsShape shape) : Cells(shape)
    where T : struct
{
    private readonly List<T> _values = [];
    private readonly List<bool> _nulls = [];

    public override int Count => _values.Count;

    public override bool HasNulls => _nulls.Count > 0;

    /// <summary>The values; unspecified where null.</summary>
    public Span<T> Values => CollectionsMarshal.AsSpan(_values);

    public override bool IsNull(int index) => index < _nulls.Count && _nulls[index];

    public void Add(T value) => _values.Add(value);

    public void Add(ReadOnlySpan<T> values) => values.CopyTo(Extend(values.Length));

    /// <summary>Adds places whose values are unspecified.</summary>
    public Span<T> Extend(int count)
    {
        CollectionsMarshal.SetCount(_values, _values.Count + count);
        return Values[^count..];
    }

    public override void AddNull()
    {
        SetNull(_values.Count);
        _values.Add(default);
    }

    public override void SetNull(int index)
    {
        int known = _nulls.Count;
        if (known <= index)
        {
            CollectionsMarshal.SetCount(_nulls, index + 1);
            CollectionsMarshal.AsSpan(_nulls)[known..].Clear();
        }

        _nulls[index] = true;
    }

    public override void AddRowOf(Cells other, int row)
    {
        var from = (Cells<T>)other;
        if (from.IsNullRow(row) && Shape.IsList)
        {
            EndNullRow();
            return;
        }

        (int start, int length) = from[row].GetOffsetAndLength(from.Count);
        for (int i = start; i < start + length && from.HasNulls; i++)
        {
            if (from.IsNull(i))
            {
                SetNull(Count + i - start);
            }
        }

        Add(from.Values.Slice(start, length));
        EndRow();
    }

    public override long BytesOf(int row)
    {
        ReadOnlySpan<T> values = Values[this[row]];
        long bytes = (long)values.Length * Unsafe.SizeOf<T>();
        foreach (T value in typeof(T).IsPrimitive ? default : values)
        {
            bytes += value switch
            {
                ReadOnlyMemory<char> text => (long)text.Length * sizeof(char),
                ReadOnlyMemory<byte> blob => blob.Length,
                _ => 0,
            };
        }

        return bytes;
    }
}

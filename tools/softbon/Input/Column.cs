namespace SoftBoN.Tool.Input;

/// <summary>A list that keeps its memory from batch to batch and is read as a span.</summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private T[] _items = [];

    public int Count { get; private set; }

    public Span<T> Span => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Truncate(int count) => Count = Math.Min(Count, count);

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Grow(Count + 1L);
        }

        _items[Count++] = item;
    }

    /// <summary>Adds places at the end; what they hold is unspecified.</summary>
    public Span<T> Extend(int count)
    {
        if (_items.Length - Count < count)
        {
            Grow((long)Count + count);
        }

        Count += count;
        return _items.AsSpan(Count - count, count);
    }

    public void Append(ReadOnlySpan<T> items) => items.CopyTo(Extend(items.Length));

    /// <summary>Fills up with a value until there are <paramref name="count"/> items.</summary>
    public void PadTo(int count, T value)
    {
        if (Count < count)
        {
            Extend(count - Count).Fill(value);
        }
    }

    /// <summary>Makes the column this long; what it holds is unspecified.</summary>
    public Span<T> Resize(int count)
    {
        Clear();
        return Extend(count);
    }

    private void Grow(long least) =>
        Array.Resize(ref _items, (int)Math.Max(least, Math.Min(Math.Max(256L, 2L * _items.Length), Array.MaxLength)));
}

namespace SoftBoN.Kernels.Orleans;

/// <summary>A call, as it is cut by rows. Its memory is the caller's and pinned; only the caller's thread touches it.</summary>
internal abstract class PartCall
{
    public abstract PartOperation Operation { get; }

    public abstract long Rows { get; }

    /// <summary>Bytes that every part has whatever its rows.</summary>
    public virtual long FixedBytes => 512;

    /// <summary>Rows that a part has at most.</summary>
    public virtual int MostRows => int.MaxValue;

    /// <summary>Bytes that a row adds to a part's message or to its reply, whichever is more.</summary>
    public abstract long RowBytes(long row);

    /// <summary>Writes the message of the rows first to end - 1.</summary>
    public abstract void Write(ref PartWriter writer, long first, long end);

    /// <summary>Puts their results in their places.</summary>
    public abstract void Read(ref PartReader reader, long first, long end);

    /// <summary>The message of some rows, of so many bytes at most.</summary>
    public byte[] Pack(long first, long end, int limit)
    {
        var measure = default(PartWriter);
        Write(ref measure, first, end);
        PartWriter writer = measure.Allocate(limit);
        Write(ref writer, first, end);
        return writer.Buffer;
    }

    /// <summary>The positions of rows: those that were given, or their numbers in the call.</summary>
    public static unsafe void WritePositions(
        ref PartWriter writer, ulong* positions, bool isRow, long first, long end)
    {
        if (!isRow)
        {
            writer.Values(positions, first, end - first);
        }
        else if (writer.Reserve(end - first, out Span<ulong> numbers))
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = (ulong)(first + i);
            }
        }
    }
}

using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Orleans;

/// <summary>Rows on their way: packed, of one length or with offsets.</summary>
internal static unsafe class RowLayouts
{
    /// <summary>The bytes of a row's values and of its place.</summary>
    public static long BytesOf(in RowSource rows, long row) =>
        sizeof(long) + ((long)LengthOf(in rows, row) * sizeof(float));

    /// <summary>The candidates of a row.</summary>
    public static int LengthOf(in RowSource rows, long row) =>
        rows.Layout == RowLayout.Strided ? rows.Columns : rows[row].Length;

    /// <summary>Where rows begin and end in packed arrays.</summary>
    public static (long First, long Count) Packed(in RowSource rows, long first, long end)
    {
        long start = rows[first].Packed;
        RowView last = rows[end - 1];
        return (start, last.Packed + last.Length - start);
    }

    /// <summary>Writes rows: how many, how long if all are alike, their offsets if not, and their values.</summary>
    public static void Write(ref PartWriter writer, in RowSource rows, long first, long end)
    {
        bool isDense = rows.Layout == RowLayout.Strided;
        WriteHead(ref writer, end - first, isDense ? rows.Columns : -1);
        (long start, long candidates) = Packed(in rows, first, end);
        if (writer.Reserve(isDense ? 0 : end - first + 1, out Span<long> offsets) && !isDense)
        {
            for (long row = first; row < end; row++)
            {
                offsets[(int)(row - first)] = rows[row].Packed - start;
            }

            offsets[^1] = candidates;
        }

        if (writer.Reserve(candidates, out Span<float> values))
        {
            Gather(in rows, first, end, start, values);
        }
    }

    /// <summary>Writes how many rows there are, and how long all are: -1 where they have lengths of their own.</summary>
    public static void WriteHead(ref PartWriter writer, long rows, int columns) =>
        writer.Scalar(new RowsHead { Rows = (int)rows, Columns = columns });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Reads the message.</param>
    /// <param name="values">The values of all rows.</param>
    /// <param name="count">The number of candidates.</param>
    public static Rows Read(ref PartReader reader, out ReadOnlySpan<float> values, out long count)
    {
        RowsHead head = reader.Scalar<RowsHead>();
        ReadOnlySpan<long> offsets = reader.Values<long>();
        values = reader.Values<float>();
        count = values.Length;
        return head.Columns < 0 ? Rows.Ragged(offsets) : Rows.Dense(head.Rows, head.Columns);
    }

    private static void Gather(in RowSource rows, long first, long end, long start, Span<float> values)
    {
        bool isWhole = rows.Layout == RowLayout.Ragged
            || (rows.Layout == RowLayout.Strided && rows.ColumnStride == 1 && rows.RowStride == rows.Columns);
        if (isWhole)
        {
            new ReadOnlySpan<float>(rows[first].Values, values.Length).CopyTo(values);
            return;
        }

        for (long row = first; row < end; row++)
        {
            RowView view = rows[row];
            Span<float> place = values.Slice((int)(view.Packed - start), view.Length);
            for (int i = 0; i < place.Length; i++)
            {
                place[i] = view.Values[i * view.Stride];
            }
        }
    }

    private struct RowsHead
    {
        public int Rows;

        /// <summary>-1 where rows have lengths of their own.</summary>
        public int Columns;
    }
}

using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>Where a batch's rows lie; keeps what <see cref="Rows"/>, which lives on the stack, is made from.</summary>
internal sealed class RowsShape
{
    private readonly SpecText spec;
    private readonly long[] starts;
    private readonly int[] lengths;
    private readonly int[] packedStarts;

    private RowsShape(SpecText spec, long[] starts, int[] lengths, long columnStride)
    {
        this.spec = spec;
        this.starts = starts;
        this.lengths = lengths;
        ColumnStride = columnStride;
        packedStarts = new int[lengths.Length + 1];
        for (int row = 0; row < lengths.Length; row++)
        {
            packedStarts[row + 1] = packedStarts[row] + lengths[row];
        }
    }

    public int Count => lengths.Length;

    /// <summary>The number of candidates of all rows.</summary>
    public int Packed => packedStarts[^1];

    public long ColumnStride { get; }

    public string Text => spec.Text;

    /// <summary>
    /// From a text: <c>dense ROWS COLUMNS</c>, <c>strided ROWS COLUMNS ROWSTRIDE COLUMNSTRIDE</c>, <c>lengths N…</c>,
    /// <c>ragged START… END</c> or <c>mapped START+N…</c>.
    /// </summary>
    public static RowsShape Parse(string text)
    {
        SpecText spec = SpecText.Parse(text);
        string[] values = [.. spec.Values];
        return spec.Kind switch
        {
            "dense" => Strided(spec, Number(0), Number(1), Number(1), 1),
            "strided" => Strided(spec, Number(0), Number(1), Number(2), Number(3)),
            "lengths" => Ragged(spec, OffsetsOf([.. values.Select(SpecText.ToInt)])),
            "ragged" => Ragged(spec, [.. values.Select(value => (long)SpecText.ToInt(value))]),
            "mapped" => Mapped(spec, [.. values.Select(value => value.Split('+'))]),
            _ => throw spec.Unknown("dense, strided, lengths, ragged or mapped"),
        };

        int Number(int value) => SpecText.ToInt(values[value]);
    }

    public Rows ToRows() => spec.Kind switch
    {
        "dense" or "strided" => Rows.Strided(
            Count, Count == 0 ? 0 : lengths[0], Count > 1 ? starts[1] - starts[0] : 0, ColumnStride),
        "mapped" => Rows.Mapped(starts.AsSpan(0, Count), lengths),
        _ => Rows.Ragged(starts),
    };

    public int LengthOf(int row) => lengths[row];

    public long StartOf(int row) => starts[row];

    /// <summary>The row's place in packed arrays.</summary>
    public Range PackedRange(int row) => packedStarts[row]..packedStarts[row + 1];

    private static RowsShape Strided(SpecText spec, int rows, int columns, long rowStride, long columnStride) => new(
        spec,
        [.. Enumerable.Range(0, rows).Select(row => row * rowStride)],
        [.. Enumerable.Repeat(columns, rows)],
        columnStride);

    private static RowsShape Ragged(SpecText spec, long[] offsets) => new(
        spec, offsets, [.. offsets.Skip(1).Zip(offsets, (end, start) => (int)(end - start))], 1);

    private static RowsShape Mapped(SpecText spec, string[][] ranges) => new(
        spec,
        [.. ranges.Select(range => (long)SpecText.ToInt(range[0]))],
        [.. ranges.Select(range => SpecText.ToInt(range[1]))],
        1);

    private static long[] OffsetsOf(int[] lengths)
    {
        var offsets = new long[lengths.Length + 1];
        for (int row = 0; row < lengths.Length; row++)
        {
            offsets[row + 1] = offsets[row] + lengths[row];
        }

        return offsets;
    }
}

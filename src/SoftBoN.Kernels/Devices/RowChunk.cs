using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>Some rows of a call that go to the device together, and how their rewards get there.</summary>
internal struct RowChunk
{
    /// <summary>The chunk's first row in the call.</summary>
    public long First;
    public long Count;

    /// <summary>Where the chunk begins in packed arrays.</summary>
    public long PackedFirst;

    /// <summary>The candidates of its rows.</summary>
    public long Packed;
    public int LongestRow;

    /// <summary>The rewards' memory from the first one used to the last.</summary>
    public long ExtentFirst;
    public long Extent;

    /// <summary>
    /// Whether rewards are gathered row by row, without gaps; else everything from first to last is copied at once.
    /// </summary>
    public bool IsGathered;

    /// <summary>The rewards that are copied.</summary>
    public readonly long Copied => IsGathered ? Packed : Extent;
}

/// <summary>Cuts the rows of a call into chunks of bounded size.</summary>
/// <param name="rows">The rows.</param>
/// <param name="bytesPerRow">Bytes that each row adds whatever its length.</param>
/// <param name="bytesPerCandidate">Bytes that each candidate adds besides its reward.</param>
/// <param name="limit">What a chunk may have at most, unless it is a single row.</param>
internal readonly unsafe ref struct RowChunker(
    ref readonly RowSource rows, long bytesPerRow, long bytesPerCandidate, long limit)
{
    private readonly ref readonly RowSource rows = ref rows;

    /// <summary>The chunk of so many rows from one on.</summary>
    public static RowChunk Of(in RowSource rows, long first, long count) =>
        new RowChunker(in rows, 0, 0, long.MaxValue).At(first, count);

    /// <summary>The chunk that begins at a row.</summary>
    public RowChunk At(long first) => At(first, rows.Count - first);

    private RowChunk At(long first, long most)
    {
        var chunk = new RowChunk { First = first };
        if (rows.Layout == RowLayout.Strided)
        {
            TakeStrided(ref chunk, most);
        }
        else
        {
            TakeListed(ref chunk, most);
        }

        chunk.IsGathered = chunk.Packed < chunk.Extent;
        return chunk;
    }

    private void TakeStrided(ref RowChunk chunk, long most)
    {
        long each = bytesPerRow + (rows.Columns * (bytesPerCandidate + sizeof(float)));
        chunk.Count = Math.Min(most, Math.Max(1, limit / Math.Max(1, each)));
        chunk.PackedFirst = chunk.First * rows.Columns;
        chunk.Packed = chunk.Count * rows.Columns;
        chunk.LongestRow = rows.Columns;
        chunk.ExtentFirst = chunk.First * rows.RowStride;
        chunk.Extent = chunk.Packed == 0
            ? 0
            : ((chunk.Count - 1) * rows.RowStride) + ((rows.Columns - 1) * rows.ColumnStride) + 1;
    }

    private void TakeListed(ref RowChunk chunk, long most)
    {
        long bytes = 0;
        long end = 0;
        chunk.ExtentFirst = long.MaxValue;
        long listed = bytesPerRow + ListedBytes(rows.Layout);
        for (long row = chunk.First; row < chunk.First + most; row++)
        {
            RowView view = rows[row];
            bytes += listed + (view.Length * (bytesPerCandidate + sizeof(float)));
            if (chunk.Count > 0 && bytes > limit)
            {
                break;
            }

            if (chunk.Count++ == 0)
            {
                chunk.PackedFirst = view.Packed;
            }

            chunk.Packed += view.Length;
            chunk.LongestRow = Math.Max(chunk.LongestRow, view.Length);
            if (view.Length > 0)
            {
                chunk.ExtentFirst = Math.Min(chunk.ExtentFirst, rows.Starts[row]);
                end = Math.Max(end, rows.Starts[row] + view.Length);
            }
        }

        chunk.ExtentFirst = Math.Min(chunk.ExtentFirst, end);
        chunk.Extent = end - chunk.ExtentFirst;
    }

    /// <summary>Bytes that a row's place takes.</summary>
    public static long ListedBytes(RowLayout layout) =>
        layout == RowLayout.Ragged ? sizeof(long) : sizeof(long) + sizeof(int) + sizeof(long);
}

using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// The rows of a chunk in its memory: the rewards, and for rows that are listed one by one where they lie. Gathered
/// rows
/// have no gaps: those of equal length become dense, all others ragged.
/// </summary>
internal unsafe struct RowPacker
{
    public RowLayout Layout;
    public long ValuesOffset;
    public long StartsOffset;
    public long LengthsOffset;
    public long PackedStartsOffset;

    /// <summary>Gives a chunk's rows their places, and returns where the next thing may begin.</summary>
    public static long Place(in RowSource rows, in RowChunk chunk, long offset, out RowPacker packer)
    {
        packer = default;
        packer.Layout = rows.Layout == RowLayout.Mapped && chunk.IsGathered ? RowLayout.Ragged : rows.Layout;
        packer.ValuesOffset = offset;
        offset = ChunkMemory.Align(offset + (chunk.Copied * sizeof(float)));
        if (packer.Layout == RowLayout.Strided)
        {
            return offset;
        }

        packer.StartsOffset = offset;
        offset = ChunkMemory.Align(offset + ((chunk.Count + 1) * sizeof(long)));
        if (packer.Layout == RowLayout.Mapped)
        {
            packer.LengthsOffset = offset;
            offset = ChunkMemory.Align(offset + (chunk.Count * sizeof(int)));
            packer.PackedStartsOffset = offset;
            offset = ChunkMemory.Align(offset + (chunk.Count * sizeof(long)));
        }

        return offset;
    }

    /// <summary>Copies a chunk's rows to its memory.</summary>
    public readonly void Pack(in RowSource rows, in RowChunk chunk, byte* memory)
    {
        var values = (float*)(memory + ValuesOffset);
        if (!chunk.IsGathered)
        {
            HostCopy.Copy(rows.Values + chunk.ExtentFirst, values, chunk.Extent);
        }
        else
        {
            Gather(in rows, in chunk, values);
        }

        switch (Layout)
        {
            case RowLayout.Strided:
                return;
            case RowLayout.Ragged:
                PackRagged(in rows, in chunk, (long*)(memory + StartsOffset));
                return;
            default:
                PackMapped(in rows, in chunk, memory);
                return;
        }
    }

    private static void Gather(in RowSource rows, in RowChunk chunk, float* values)
    {
        for (long row = chunk.First; row < chunk.First + chunk.Count; row++)
        {
            RowView view = rows[row];
            if (view.Stride == 1)
            {
                HostCopy.Copy(view.Values, values, view.Length);
            }
            else
            {
                for (int i = 0; i < view.Length; i++)
                {
                    values[i] = view.Values[i * view.Stride];
                }
            }

            values += view.Length;
        }
    }

    private static void PackRagged(in RowSource rows, in RowChunk chunk, long* starts)
    {
        for (long row = 0; row < chunk.Count; row++)
        {
            starts[row] = rows[chunk.First + row].Packed - chunk.PackedFirst;
        }

        starts[chunk.Count] = chunk.Packed;
    }

    private readonly void PackMapped(in RowSource rows, in RowChunk chunk, byte* memory)
    {
        var starts = (long*)(memory + StartsOffset);
        var lengths = (int*)(memory + LengthsOffset);
        var packedStarts = (long*)(memory + PackedStartsOffset);
        for (long row = 0; row < chunk.Count; row++)
        {
            long source = chunk.First + row;
            // An empty row may start anywhere, also outside of what is copied.
            starts[row] = rows.Lengths[source] == 0 ? 0 : rows.Starts[source] - chunk.ExtentFirst;
            lengths[row] = rows.Lengths[source];
            packedStarts[row] = rows.PackedStarts[source] - chunk.PackedFirst;
        }
    }
}

using ILGPU;
using SoftBoN.Kernels.Ops;
using RowsOnDevice = SoftBoN.Kernels.Ops.DeviceRows;

namespace SoftBoN.Kernels.Devices;

/// <summary>A chunk's arrays as views of its device memory.</summary>
internal readonly ref struct ChunkViews(ref OperandTable operands, ArrayView<byte> memory)
{
    private readonly ref OperandTable operands = ref operands;
    private readonly ArrayView<byte> memory = memory;

    /// <summary>An operand's view; empty where it is absent or not wanted.</summary>
    public ArrayView<T> Of<T>(int index)
        where T : unmanaged
    {
        ref Operand operand = ref operands[index];
        return operand.Bytes == 0 ? default : memory.SubView(operand.Offset, operand.Bytes).Cast<T>();
    }

    public RowsOnDevice Rows(in RowSource rows, in RowChunk chunk, in RowPacker packer)
    {
        var result = new RowsOnDevice
        {
            Layout = packer.Layout,
            Values = At<float>(packer.ValuesOffset, chunk.Copied),
            Count = chunk.Count,
            Packed = chunk.Packed,
            LongestRow = chunk.LongestRow,
        };
        if (packer.Layout == RowLayout.Strided)
        {
            result.Columns = rows.Columns;
            result.RowStride = chunk.IsGathered ? rows.Columns : rows.RowStride;
            result.ColumnStride = chunk.IsGathered ? 1 : rows.ColumnStride;
            return result;
        }

        result.Starts = At<long>(packer.StartsOffset, chunk.Count + (packer.Layout == RowLayout.Ragged ? 1 : 0));
        if (packer.Layout == RowLayout.Mapped)
        {
            result.Lengths = At<int>(packer.LengthsOffset, chunk.Count);
            result.PackedStarts = At<long>(packer.PackedStartsOffset, chunk.Count);
        }

        return result;
    }

    private unsafe ArrayView<T> At<T>(long offset, long count)
        where T : unmanaged =>
        count == 0 ? default : memory.SubView(offset, count * sizeof(T)).Cast<T>();
}

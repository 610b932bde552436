using ILGPU;
using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// The rows of tokens of a chunk in its memory: logits, masks, rewards. Rows that are mapped are copied once where neighbours
/// read the same one.
/// </summary>
internal unsafe struct TokenPacker
{
    /// <summary>Rows start at multiples of so many elements, so that they can be loaded in the widest way.</summary>
    private const int RowAlignment = 8;

    private const int BitsPerWord = 32;

    private int logitRows;
    private int rewardRows;
    private long sparseCount;
    private long logits;
    private long rowMap;
    private long mask;
    private long rewards;
    private long rewardMap;
    private long sparseStarts;
    private long sparseTokens;
    private long sparseValues;

    /// <summary>Bytes of one of a chunk's rows of tokens.</summary>
    public static long RowBytes(in TokenSource source, int columns) =>
        source.Values == null ? 0 : StrideOf(columns) * ElementBytes(source.Element);

    /// <summary>Bytes that a row takes at most.</summary>
    public static long BytesOf(in TokenTiltArgs args, long row)
    {
        long bytes = RowBytes(in args.Logits, args.Columns) + RowBytes(in args.Rewards, args.Columns);
        bytes += args.Mask == null ? 0 : WordsOf(args.Columns) * sizeof(uint);
        bytes += (args.RowMap == null ? 0 : sizeof(int)) + (args.RewardMap == null ? 0 : sizeof(int));
        return bytes + (SparseOf(in args, args.SourceRow(row)) * (sizeof(int) + sizeof(float)));
    }

    /// <summary>Gives a chunk's rows their places, and returns where the next thing may begin.</summary>
    public static long Place(in TokenTiltArgs args, in RowChunk chunk, long offset, out TokenPacker packer)
    {
        packer = default;
        packer.logitRows = Distinct(args.RowMap, in chunk);
        packer.rewardRows = Distinct(args.RewardMap, in chunk);
        packer.logits = offset;
        offset = ChunkMemory.Align(offset + (packer.logitRows * RowBytes(in args.Logits, args.Columns)));
        packer.rewards = offset;
        offset = ChunkMemory.Align(offset + (packer.rewardRows * RowBytes(in args.Rewards, args.Columns)));
        packer.rowMap = offset;
        offset = ChunkMemory.Align(offset + (args.RowMap == null ? 0 : chunk.Count * sizeof(int)));
        packer.rewardMap = offset;
        offset = ChunkMemory.Align(offset + (args.RewardMap == null ? 0 : chunk.Count * sizeof(int)));
        packer.mask = offset;
        offset = ChunkMemory.Align(offset + (packer.MaskWords(in args) * sizeof(uint)));
        return args.SparseStarts == null ? offset : packer.PlaceSparse(in args, in chunk, offset);
    }

    /// <summary>Copies a chunk's rows to its memory.</summary>
    public readonly void Pack(in TokenTiltArgs args, in RowChunk chunk, byte* memory)
    {
        var starts = (long*)(memory + sparseStarts);
        long packed = 0;
        for (long row = chunk.First, at = 0; row < chunk.First + chunk.Count; row++)
        {
            if (IsRepeated(args.RowMap, row, in chunk))
            {
                continue;
            }

            long source = args.SourceRow(row);
            Copy(in args.Logits, source, memory + logits, at, args.Columns);
            if (args.Mask != null && args.MaskStride != 0)
            {
                long words = WordsOf(args.Columns);
                HostCopy.Copy(args.Mask + (source * args.MaskStride), (uint*)(memory + mask) + (at * words), words);
            }

            if (args.SparseStarts != null)
            {
                starts[at] = packed;
                long count = SparseOf(in args, source);
                long first = args.SparseStarts[source];
                HostCopy.Copy(args.SparseTokens + first, (int*)(memory + sparseTokens) + packed, count);
                HostCopy.Copy(args.SparseValues + first, (float*)(memory + sparseValues) + packed, count);
                packed += count;
                starts[at + 1] = packed;
            }

            at++;
        }

        if (args.Mask != null && args.MaskStride == 0)
        {
            HostCopy.Copy(args.Mask, (uint*)(memory + mask), WordsOf(args.Columns));
        }

        PackRewards(in args, in chunk, memory);
        PackMap(args.RowMap, in chunk, (int*)(memory + rowMap));
        PackMap(args.RewardMap, in chunk, (int*)(memory + rewardMap));
    }

    /// <summary>Sets where a chunk's rows lie on the device.</summary>
    public readonly void Bind(
        in TokenTiltArgs args, in RowChunk chunk, ArrayView<byte> memory, ref TokenTiltDeviceArgs device)
    {
        device.Logits = ViewOf(in args.Logits, args.Columns, logitRows, memory, logits);
        device.Rewards = ViewOf(in args.Rewards, args.Columns, rewardRows, memory, rewards);
        device.RowMap = At<int>(memory, rowMap, args.RowMap == null ? 0 : chunk.Count);
        device.RewardMap = At<int>(memory, rewardMap, args.RewardMap == null ? 0 : chunk.Count);
        device.Mask = At<uint>(memory, mask, MaskWords(in args));
        device.MaskStride = args.MaskStride == 0 ? 0 : WordsOf(args.Columns);
        if (args.SparseStarts != null)
        {
            device.SparseStarts = At<long>(memory, sparseStarts, logitRows + 1);
            device.SparseTokens = At<int>(memory, sparseTokens, sparseCount);
            device.SparseValues = At<float>(memory, sparseValues, sparseCount);
        }
    }

    /// <summary>Rows of tokens in a chunk's memory.</summary>
    public static DeviceTokens ViewOf(
        in TokenSource source, int columns, long rows, ArrayView<byte> memory, long offset)
    {
        DeviceTokens tokens = default;
        if (source.Values == null || columns == 0)
        {
            return tokens;
        }

        tokens.Element = source.Element;
        tokens.RowStride = StrideOf(columns);
        tokens.Rows = (int)rows;
        long count = rows * tokens.RowStride;
        tokens.Wide = At<float>(memory, offset, source.Element == TokenElement.Float32 ? count : 0);
        tokens.Narrow = At<ushort>(memory, offset, source.Element == TokenElement.Float32 ? 0 : count);
        return tokens;
    }

    /// <summary>Copies rows that were written on the device to the caller's memory.</summary>
    public static void Unpack(in TokenSource destination, in RowChunk chunk, int columns, byte* memory)
    {
        int bytes = ElementBytes(destination.Element);
        for (long i = 0; i < chunk.Count; i++)
        {
            byte* target = (byte*)destination.Values + ((chunk.First + i) * destination.RowStride * bytes);
            HostCopy.Copy(memory + (i * StrideOf(columns) * bytes), target, (long)columns * bytes);
        }
    }

    private readonly long MaskWords(in TokenTiltArgs args) => args.Mask == null ? 0
        : WordsOf(args.Columns) * (args.MaskStride == 0 ? 1 : logitRows);

    private long PlaceSparse(in TokenTiltArgs args, in RowChunk chunk, long offset)
    {
        for (long row = chunk.First; row < chunk.First + chunk.Count; row++)
        {
            sparseCount += IsRepeated(args.RowMap, row, in chunk) ? 0 : SparseOf(in args, args.SourceRow(row));
        }

        sparseStarts = offset;
        offset = ChunkMemory.Align(offset + ((logitRows + 1L) * sizeof(long)));
        sparseTokens = offset;
        offset = ChunkMemory.Align(offset + (sparseCount * sizeof(int)));
        sparseValues = offset;
        return ChunkMemory.Align(offset + (sparseCount * sizeof(float)));
    }

    private readonly void PackRewards(in TokenTiltArgs args, in RowChunk chunk, byte* memory)
    {
        long at = 0;
        for (long row = chunk.First; args.Rewards.Values != null && row < chunk.First + chunk.Count; row++)
        {
            if (!IsRepeated(args.RewardMap, row, in chunk))
            {
                long source = args.RewardMap == null ? row : args.RewardMap[row];
                Copy(in args.Rewards, source, memory + rewards, at++, args.Columns);
            }
        }
    }

    private static void PackMap(int* map, in RowChunk chunk, int* packed)
    {
        int at = -1;
        for (long i = 0; map != null && i < chunk.Count; i++)
        {
            at += IsRepeated(map, chunk.First + i, in chunk) ? 0 : 1;
            packed[i] = at;
        }
    }

    private static void Copy(in TokenSource source, long row, byte* memory, long at, int columns)
    {
        int bytes = ElementBytes(source.Element);
        HostCopy.Copy(
            (byte*)source.Values + (row * source.RowStride * bytes),
            memory + (at * StrideOf(columns) * bytes),
            (long)columns * bytes);
    }

    private static int Distinct(int* map, in RowChunk chunk)
    {
        int count = 0;
        for (long row = chunk.First; row < chunk.First + chunk.Count; row++)
        {
            count += IsRepeated(map, row, in chunk) ? 0 : 1;
        }

        return count;
    }

    /// <summary>Whether a row reads what the one before it in the chunk reads.</summary>
    private static bool IsRepeated(int* map, long row, in RowChunk chunk) =>
        map != null && row > chunk.First && map[row] == map[row - 1];

    private static long SparseOf(in TokenTiltArgs args, long source) =>
        args.SparseStarts == null ? 0 : args.SparseStarts[source + 1] - args.SparseStarts[source];

    private static long StrideOf(int columns) => ((long)columns + RowAlignment - 1) & -RowAlignment;

    private static long WordsOf(int columns) => ((long)columns + BitsPerWord - 1) / BitsPerWord;

    private static int ElementBytes(TokenElement element) =>
        element == TokenElement.Float32 ? sizeof(float) : sizeof(ushort);

    private static ArrayView<T> At<T>(ArrayView<byte> memory, long offset, long count)
        where T : unmanaged =>
        count == 0 ? default : memory.SubView(offset, count * sizeof(T)).Cast<T>();
}

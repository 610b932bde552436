using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>A token tilt of rows in the caller's memory, chunk by chunk.</summary>
internal unsafe ref struct TokenTiltRun : IChunkedCall
{
    private readonly ref readonly TokenTiltArgs args;
    private readonly long rows;
    private readonly long chunkBytes;
    private OperandTable operands;

    public TokenTiltRun(in TokenTiltArgs args, long rows, long chunkBytes)
    {
        this.args = ref args;
        (this.rows, this.chunkBytes) = (rows, chunkBytes);
        TokenTiltCall.List(in args, ref operands);
    }

    public readonly long Rows => rows;

    public readonly long ChunkBytes => chunkBytes;

    public readonly long BytesOf(long row) => operands.BytesPerRow()
        + TokenPacker.RowBytes(in args.TiltedLogits, args.Columns)
        + TokenPacker.RowBytes(in args.Probabilities, args.Columns)
        + TokenPacker.BytesOf(in args, row);

    public Exception? Start(DeviceSlot slot, in RowChunk chunk)
    {
        long inputs = TokenPacker.Place(in args, in chunk, 0, out TokenPacker packer);
        inputs = operands.Place(in chunk, outputs: false, inputs);
        long tilted = operands.Place(in chunk, outputs: true, inputs);
        long probabilities = AfterTilted(in chunk, tilted);
        long end = probabilities + (chunk.Count * TokenPacker.RowBytes(in args.Probabilities, args.Columns));
        if (slot.Reserve(end) is { } fault)
        {
            return fault;
        }

        packer.Pack(in args, in chunk, slot.Staging);
        operands.Copy(slot.Staging, in chunk, outputs: false);
        KernelLaunch<TokenTiltDeviceArgs> launch = slot.Launches.Tokens;
        launch.Args = TokenTiltCall.Bind(in args, in chunk, new ChunkViews(ref operands, slot.Memory));
        packer.Bind(in args, in chunk, slot.Memory, ref launch.Args);
        launch.Args.TiltedLogits =
            TokenPacker.ViewOf(in args.TiltedLogits, args.Columns, chunk.Count, slot.Memory, tilted);
        launch.Args.Probabilities =
            TokenPacker.ViewOf(in args.Probabilities, args.Columns, chunk.Count, slot.Memory, probabilities);
        slot.Chunk = chunk;
        slot.Submit(launch, inputs, inputs, end - inputs);
        return null;
    }

    public void Fetch(DeviceSlot slot)
    {
        long tilted = operands.Place(in slot.Chunk, outputs: true, slot.OutputStart);
        operands.Copy(slot.Staging, in slot.Chunk, outputs: true);
        if (args.TiltedLogits.Values != null)
        {
            TokenPacker.Unpack(in args.TiltedLogits, in slot.Chunk, args.Columns, slot.Staging + tilted);
        }

        if (args.Probabilities.Values != null)
        {
            byte* staged = slot.Staging + AfterTilted(in slot.Chunk, tilted);
            TokenPacker.Unpack(in args.Probabilities, in slot.Chunk, args.Columns, staged);
        }
    }

    private readonly long AfterTilted(in RowChunk chunk, long tilted) => ChunkMemory.Align(
        tilted + (chunk.Count * TokenPacker.RowBytes(in args.TiltedLogits, args.Columns)));
}

using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// A token tilt of rows in the caller's memory, chunk by chunk, on two slots where there are two, as
/// <see cref="ChunkedRun{TCall, TArgs}"/> does it for rows of candidates.
/// </summary>
internal unsafe ref struct TokenTiltRun
{
    private readonly ref readonly TokenTiltArgs args;
    private readonly long rows;
    private readonly SlotPool pool;
    private readonly long chunkBytes;
    private OperandTable operands;

    public TokenTiltRun(in TokenTiltArgs args, long rows, SlotPool pool, long chunkBytes)
    {
        this.args = ref args;
        (this.rows, this.pool, this.chunkBytes) = (rows, pool, chunkBytes);
        TokenTiltCall.List(in args, ref operands);
    }

    /// <summary>
    /// Runs all chunks, or those before the cancellation; returns what went wrong on the device, or null.
    /// </summary>
    public Exception? All(CancellationToken cancellationToken)
    {
        DeviceSlot first = pool.Rent(cancellationToken);
        DeviceSlot? second = null;
        try
        {
            return Chunks(first, ref second, cancellationToken);
        }
        finally
        {
            pool.GiveBack(first);
            pool.GiveBack(second);
        }
    }

    private Exception? Chunks(DeviceSlot first, ref DeviceSlot? second, CancellationToken cancellationToken)
    {
        DeviceSlot slot = first;
        for (long row = 0; row < rows && !cancellationToken.IsCancellationRequested;)
        {
            RowChunk chunk = ChunkAt(row);
            row += chunk.Count;
            if ((Finish(slot) ?? Start(slot, in chunk)) is { } fault)
            {
                return fault;
            }

            if (row < rows)
            {
                second ??= pool.TryRent();
            }

            slot = slot == first ? second ?? first : first;
        }

        // The slot whose turn it would be has the older chunk.
        return Finish(slot) ?? Finish(slot == first && second != null ? second : first);
    }

    /// <summary>The chunk that begins at a row: as many as fit, and one at least.</summary>
    private RowChunk ChunkAt(long first)
    {
        var chunk = new RowChunk { First = first };
        long each = operands.BytesPerRow()
            + TokenPacker.RowBytes(in args.TiltedLogits, args.Columns)
            + TokenPacker.RowBytes(in args.Probabilities, args.Columns);
        long bytes = 0;
        for (long row = first; row < rows; row++)
        {
            bytes += each + TokenPacker.BytesOf(in args, row);
            if (chunk.Count > 0 && bytes > chunkBytes)
            {
                break;
            }

            chunk.Count++;
        }

        return chunk;
    }

    private Exception? Start(DeviceSlot slot, in RowChunk chunk)
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
        TokenTiltLaunch launch = slot.Launches.Tokens;
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

    /// <summary>Waits for the chunk in a slot, if there is one, and fetches its results.</summary>
    private Exception? Finish(DeviceSlot slot)
    {
        if (!slot.IsBusy)
        {
            return null;
        }

        Exception? fault = slot.Wait();
        if (fault != null)
        {
            return fault;
        }

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

        return null;
    }

    private readonly long AfterTilted(in RowChunk chunk, long tilted) => ChunkMemory.Align(
        tilted + (chunk.Count * TokenPacker.RowBytes(in args.TiltedLogits, args.Columns)));
}

using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// One call in the caller's memory, chunk by chunk, on two slots where there are two: while one chunk is under way on
/// the
/// device, the caller's thread unpacks the one before and packs the one after.
/// </summary>
internal unsafe ref struct ChunkedRun<TCall, TArgs>
    where TCall : IHostCall<TArgs>
    where TArgs : unmanaged
{
    private readonly ref readonly TArgs args;
    private readonly SlotPool pool;
    private readonly long chunkBytes;
    private OperandTable operands;

    public ChunkedRun(in TArgs args, SlotPool pool, long chunkBytes)
    {
        this.args = ref args;
        this.pool = pool;
        this.chunkBytes = chunkBytes;
        TCall.List(in args, ref operands);
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
        ref readonly RowSource rows = ref TCall.RowsOf(in args);
        var chunker = new RowChunker(in rows, operands.BytesPerRow(), operands.BytesPerCandidate(), chunkBytes);
        DeviceSlot slot = first;
        for (long row = 0; row < rows.Count && !cancellationToken.IsCancellationRequested;)
        {
            RowChunk chunk = chunker.At(row);
            row += chunk.Count;
            if ((Finish(slot) ?? Start(slot, in chunk)) is { } fault)
            {
                return fault;
            }

            if (row < rows.Count)
            {
                second ??= pool.TryRent();
            }

            slot = slot == first ? second ?? first : first;
        }

        // The slot whose turn it would be has the older chunk.
        return Finish(slot) ?? Finish(slot == first && second != null ? second : first);
    }

    private Exception? Start(DeviceSlot slot, in RowChunk chunk)
    {
        ref readonly RowSource rows = ref TCall.RowsOf(in args);
        long inputs = RowPacker.Place(in rows, in chunk, 0, out RowPacker packer);
        inputs = operands.Place(in chunk, outputs: false, inputs);
        long end = operands.Place(in chunk, outputs: true, inputs);
        if (slot.Reserve(end) is { } fault)
        {
            return fault;
        }

        packer.Pack(in rows, in chunk, slot.Staging);
        operands.Copy(slot.Staging, in chunk, outputs: false);
        var views = new ChunkViews(ref operands, slot.Memory);
        KernelLaunch launch = TCall.Bind(
            in args, in chunk, views.Rows(in rows, in chunk, in packer), in views, slot.Launches);
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
        if (fault == null)
        {
            operands.Place(in slot.Chunk, outputs: true, slot.OutputStart);
            operands.Copy(slot.Staging, in slot.Chunk, outputs: true);
        }

        return fault;
    }
}

namespace SoftBoN.Kernels.Devices;

/// <summary>A call whose rows go to a device some at a time, and how a chunk of them does.</summary>
internal interface IChunkedCall
{
    /// <summary>The rows of the call.</summary>
    long Rows { get; }

    /// <summary>What the rows of a chunk may take at most, in bytes.</summary>
    long ChunkBytes { get; }

    /// <summary>Bytes that a row takes at most.</summary>
    long BytesOf(long row);

    /// <summary>Sends a chunk on its way; returns what went wrong, or null.</summary>
    Exception? Start(DeviceSlot slot, in RowChunk chunk);

    /// <summary>Brings the results of the chunk in a slot, which is done, to the caller's memory.</summary>
    void Fetch(DeviceSlot slot);
}

/// <summary>
/// Runs a call chunk by chunk, on two slots where there are two, as <see cref="ChunkedRun{TCall, TArgs}"/> does it for rows of
/// candidates.
/// </summary>
internal static class ChunkLoop
{
    /// <summary>
    /// Runs all chunks, or those before the cancellation; returns what went wrong on the device, or null.
    /// </summary>
    public static Exception? Run<TCall>(ref TCall call, SlotPool pool, CancellationToken cancellationToken)
        where TCall : IChunkedCall, allows ref struct
    {
        DeviceSlot first = pool.Rent(cancellationToken);
        DeviceSlot? second = null;
        try
        {
            return Chunks(ref call, pool, first, ref second, cancellationToken);
        }
        finally
        {
            pool.GiveBack(first);
            pool.GiveBack(second);
        }
    }

    private static Exception? Chunks<TCall>(
        ref TCall call, SlotPool pool, DeviceSlot first, ref DeviceSlot? second, CancellationToken cancellationToken)
        where TCall : IChunkedCall, allows ref struct
    {
        DeviceSlot slot = first;
        for (long row = 0; row < call.Rows && !cancellationToken.IsCancellationRequested;)
        {
            RowChunk chunk = ChunkAt(ref call, row);
            row += chunk.Count;
            if ((Finish(ref call, slot) ?? call.Start(slot, in chunk)) is { } fault)
            {
                return fault;
            }

            if (row < call.Rows)
            {
                second ??= pool.TryRent();
            }

            slot = slot == first ? second ?? first : first;
        }

        // The slot whose turn it would be has the older chunk.
        return Finish(ref call, slot) ?? Finish(ref call, slot == first && second != null ? second : first);
    }

    /// <summary>The chunk that begins at a row: as many as fit, and one at least.</summary>
    private static RowChunk ChunkAt<TCall>(ref TCall call, long first)
        where TCall : IChunkedCall, allows ref struct
    {
        var chunk = new RowChunk { First = first };
        long bytes = 0;
        for (long row = first; row < call.Rows; row++)
        {
            bytes += call.BytesOf(row);
            if (chunk.Count > 0 && bytes > call.ChunkBytes)
            {
                break;
            }

            chunk.Count++;
        }

        return chunk;
    }

    /// <summary>Waits for the chunk in a slot, if there is one, and fetches its results.</summary>
    private static Exception? Finish<TCall>(ref TCall call, DeviceSlot slot)
        where TCall : IChunkedCall, allows ref struct
    {
        if (!slot.IsBusy)
        {
            return null;
        }

        Exception? fault = slot.Wait();
        if (fault == null)
        {
            call.Fetch(slot);
        }

        return fault;
    }
}

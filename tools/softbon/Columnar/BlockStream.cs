using System.Collections.Concurrent;
using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>A part as it comes out of the decoder.</summary>
/// <param name="Part">The file.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Layout">Those of the run.</param>
/// <param name="Groups">How many row groups it has.</param>
/// <param name="Fault">Why it cannot be read; null where it can.</param>
internal sealed record PartFeed(
    Part Part, IReadOnlyList<CellsShape> Columns, PartLayout? Layout, int Groups, PartException? Fault);

/// <summary>
/// Decodes row groups ahead of their use, several at a time, in bounded memory, and hands them out in order.
/// </summary>
internal sealed class BlockStream : IDisposable
{
    private readonly ColumnNames _names;
    private readonly StageClock _clock;
    private readonly long _memory;
    private readonly BlockingCollection<Item> _items;
    private readonly SemaphoreSlim _workers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _producer;
    private readonly Lock _counting = new();
    private long _ahead;
    private int _groups = 1;

    /// <param name="parts">The parts, in order.</param>
    /// <param name="names">The columns.</param>
    /// <param name="memory">Bytes of row groups that may lie decoded before they are used.</param>
    /// <param name="threads">Row groups that are decoded at a time.</param>
    /// <param name="clock">Is told the time it takes.</param>
    public BlockStream(IReadOnlyList<Part> parts, ColumnNames names, long memory, int threads, StageClock clock)
    {
        (_names, _memory, _clock) = (names, memory, clock);
        _items = new BlockingCollection<Item>(2 * (threads + 1));
        _workers = new SemaphoreSlim(threads);
        _producer = Task.Factory.StartNew(
            () => Produce(parts), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How much of the part that came last was handed out, 0 to 1.</summary>
    public double PartDone { get; private set; }

    /// <summary>The next part.</summary>
    public PartFeed Next()
    {
        Item item;
        do
        {
            // What is left of a part that was given up.
            item = Take();
            Release(item);
        }
        while (item.Feed is null);
        (PartDone, _groups) = (0, Math.Max(1, item.Feed.Groups));
        return item.Feed;
    }

    /// <summary>The row groups of the part that came last.</summary>
    public IEnumerable<Block> Blocks()
    {
        while (true)
        {
            StageMoment begin = StageMoment.Now;
            Item item = Take();
            if (item.Block is null)
            {
                yield break;
            }

            Release(item);
            Block block = item.Block.GetAwaiter().GetResult();
            _clock.Subtract(Stage.Assemble, begin);
            PartDone += 1.0 / _groups;
            yield return block;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        while (!_producer.IsCompleted)
        {
            _items.TryTake(out _, millisecondsTimeout: 1);
        }

        _items.Dispose();
        _stop.Dispose();
    }

    /// <summary>The next item; a fault of the producing thread itself is thrown, where it would leave nothing to wait for.</summary>
    private Item Take()
    {
        if (_items.TryTake(out Item? item, Timeout.Infinite))
        {
            return item;
        }

        _producer.GetAwaiter().GetResult();
        throw new InvalidOperationException("All parts were taken.");
    }

    private void Produce(IReadOnlyList<Part> parts)
    {
        try
        {
            foreach (Part part in parts)
            {
                Produce(part);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody takes the rest.
        }
        finally
        {
            _items.CompleteAdding();
        }
    }

    private void Produce(Part part)
    {
        var readers = new SharedReaders(part);
        try
        {
            ITableReader table = readers.Take();
            readers.GiveBack(table);
            PartLayout layout = _names.Find(part.Name, table.Columns);
            (int first, int end) = part.GroupsOf(table);
            long[] bytes = Part.Guard<long[]>(part.Name, "its index cannot be read", () =>
                [.. Enumerable.Range(first, end - first).Select(group => table.Bytes(group, layout.Used))]);
            Check(part, first, bytes);
            _items.Add(new Item(new PartFeed(part, table.Columns, layout, bytes.Length, null), null, 0), _stop.Token);
            for (int group = first; group < end; group++)
            {
                Start(part, group, layout, bytes[group - first], readers);
            }

            _items.Add(new Item(null, null, 0), _stop.Token);
        }
        catch (PartException fault)
        {
            _items.Add(new Item(new PartFeed(part, [], null, 0, fault), null, 0), _stop.Token);
        }
        finally
        {
            readers.Leave();
        }
    }

    private void Check(Part part, int first, long[] bytes)
    {
        int most = bytes.Length == 0 ? -1 : Array.IndexOf(bytes, bytes.Max());
        if (most >= 0 && bytes[most] > _memory)
        {
            throw new PartException(
                $"{part.Name}, row group {first + most}",
                $"takes {bytes[most] >> 20} MiB in memory where --memory leaves {_memory >> 20} MiB for it; raise --memory, or "
                + "write the file with smaller row groups");
        }
    }

    private void Start(Part part, int group, PartLayout layout, long bytes, SharedReaders readers)
    {
        Reserve(bytes);
        _workers.Wait(_stop.Token);
        readers.Enter();
        Task<Block> decoding = Task.Run(() => Decode(part, group, layout, readers));
        _items.Add(new Item(null, decoding, bytes), _stop.Token);
    }

    private Block Decode(Part part, int group, PartLayout layout, SharedReaders readers)
    {
        try
        {
            return _clock.Time(Stage.Decode, () =>
            {
                ITableReader table = readers.Take();
                try
                {
                    return Block.ReadOrLose(part, group, table, layout);
                }
                finally
                {
                    readers.GiveBack(table);
                }
            });
        }
        finally
        {
            readers.Leave();
            _workers.Release();
        }
    }

    /// <summary>Waits until there is room; one row group is always let through.</summary>
    private void Reserve(long bytes)
    {
        while (true)
        {
            lock (_counting)
            {
                if (_ahead == 0 || _ahead + bytes <= _memory)
                {
                    _ahead += bytes;
                    return;
                }
            }

            _stop.Token.WaitHandle.WaitOne(1);
            _stop.Token.ThrowIfCancellationRequested();
        }
    }

    private void Release(Item item)
    {
        lock (_counting)
        {
            _ahead -= item.Bytes;
        }
    }

    private sealed record Item(PartFeed? Feed, Task<Block>? Block, long Bytes);
}

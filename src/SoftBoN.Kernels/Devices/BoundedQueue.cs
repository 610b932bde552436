namespace SoftBoN.Kernels.Devices;

/// <summary>
/// A first-in, first-out queue between threads that blocks where it is full or empty, and allocates nothing.
/// </summary>
internal sealed class BoundedQueue<T>(int capacity)
{
    private readonly T?[] items = new T?[capacity];
    private readonly object gate = new();
    private int head;
    private int count;
    private bool closed;

    /// <summary>Adds an item, when there is room; false where the queue was closed.</summary>
    public bool TryAdd(T item)
    {
        lock (gate)
        {
            while (count == capacity && !closed)
            {
                Monitor.Wait(gate);
            }

            if (closed)
            {
                return false;
            }

            items[(head + count) % capacity] = item;
            count++;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Takes the oldest item, when there is one; false where the queue is closed and empty.</summary>
    public bool TryTake(out T item)
    {
        lock (gate)
        {
            while (count == 0 && !closed)
            {
                Monitor.Wait(gate);
            }

            if (count == 0)
            {
                item = default!;
                return false;
            }

            item = items[head]!;
            items[head] = default;
            head = (head + 1) % capacity;
            count--;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Refuses further items; those that are there can still be taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }
}

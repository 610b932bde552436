using System.Collections.Concurrent;
using SoftBoN.Tool.Columnar.Tables;

namespace SoftBoN.Tool.Columnar;

/// <summary>
/// Open readers of a part, which several threads take and give back. All are closed when the last one who uses them leaves; so
/// nobody has to hold on to what was read to know when that is.
/// </summary>
internal sealed class SharedReaders(Part part)
{
    private readonly ConcurrentBag<ITableReader> _free = [];
    private int _users = 1;

    public ITableReader Take() => _free.TryTake(out ITableReader? free) ? free : part.Open();

    public void GiveBack(ITableReader reader) => _free.Add(reader);

    /// <summary>One more uses them; whoever made them is the first.</summary>
    public void Enter() => Interlocked.Increment(ref _users);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        foreach (ITableReader reader in _free)
        {
            reader.Dispose();
        }
    }
}

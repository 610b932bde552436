using System.Collections.Concurrent;

namespace SoftBoN.Kernels.Native;

/// <summary>
/// What callers hold by numbers. A number is never given out twice, so that one of something that is gone is seen for what it
/// is.
/// </summary>
/// <param name="what">What they are.</param>
/// <param name="end">How one ends.</param>
/// <param name="maker">The function that makes one.</param>
internal sealed class Handles<T>(string what, string end, string maker)
    where T : class
{
    private readonly ConcurrentDictionary<ulong, T> all = new();
    private ulong last;

    public ulong Add(T one)
    {
        ulong number = Interlocked.Increment(ref last);
        all[number] = one;
        return number;
    }

    public T At(ulong number) => all.TryGetValue(number, out T? one) ? one : throw Missing(number);

    /// <summary>Takes one out; null of number 0.</summary>
    public T? Take(ulong number) =>
        number == 0 ? null : all.TryRemove(number, out T? one) ? one : throw Missing(number);

    private NativeFault Missing(ulong number) => new(
        NativeStatus.NoSuchEngine, $"There is no {what} {number}: it was {end}, or never made; call {maker}.");
}

using System.Numerics;

namespace SoftBoN.Kernels;

/// <summary>
/// Memory for where mapped rows start in packed spans. Unlike the shared pool, one for all threads: a call allocates
/// nothing once there were as many at a time, as large, whoever made them.
/// </summary>
internal static class PackedStartsPool
{
    private static readonly Lock Gate = new();
    private static readonly Stack<long[]> Idle = new();

    /// <summary>At least as many as asked for, and one.</summary>
    public static long[] Rent(int length)
    {
        lock (Gate)
        {
            if (Idle.TryPop(out long[]? rented) && rented.Length >= length)
            {
                return rented;
            }
        }

        return new long[(int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, length)), (uint)Array.MaxLength)];
    }

    public static void Return(long[] rented)
    {
        lock (Gate)
        {
            Idle.Push(rented);
        }
    }
}

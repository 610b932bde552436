namespace SoftBoN.Kernels.Ops;

/// <summary>A row whose place was given in memory that could not be checked before the call.</summary>
internal static class ListedRow
{
    /// <summary>
    /// The row, or an empty one where it does not lie within the rewards, is longer than was announced, or does not lie
    /// within
    /// packed arrays: nothing outside of the caller's memory is touched, whatever the numbers are.
    /// </summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="packed">Where it starts in packed arrays.</param>
    /// <param name="memory">The number of rewards.</param>
    /// <param name="longest">The longest row that was announced.</param>
    /// <param name="candidates">The length of packed arrays.</param>
    public static (long Start, int Length, long Packed) Within(
        long start, long length, long packed, long memory, int longest, long candidates)
    {
        bool isInside = length > 0 && length <= longest && start >= 0 && start <= memory - length
            && packed >= 0 && packed <= candidates - length;
        return isInside ? (start, (int)length, packed) : (0, 0, 0);
    }
}

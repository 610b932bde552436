namespace SoftBoN.Kernels;

/// <summary>
/// Waits that have to end as they were meant to: memory of the caller's is in use until they do. An interruption of the
/// thread is not lost, it strikes at the next wait.
/// </summary>
internal static class Uninterrupted
{
    /// <summary>Does what may wait for a lock or an event, again from the start where it was interrupted.</summary>
    public static void Do<T>(T subject, Action<T> action)
    {
        bool wasInterrupted = false;
        while (true)
        {
            try
            {
                action(subject);
                break;
            }
            catch (ThreadInterruptedException)
            {
                wasInterrupted = true;
            }
        }

        if (wasInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}

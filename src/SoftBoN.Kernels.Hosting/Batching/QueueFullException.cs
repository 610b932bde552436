namespace SoftBoN.Kernels.Hosting;

/// <summary>So many requests wait that another is not taken.</summary>
public sealed class QueueFullException : Exception
{
    internal QueueFullException(int limit)
        : base($"{limit} requests wait already; try again later, raise QueueLimit, or set WhenFull to Wait.")
    {
    }
}

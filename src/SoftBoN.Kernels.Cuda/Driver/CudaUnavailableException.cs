namespace SoftBoN.Kernels.Cuda;

/// <summary>There is no CUDA driver that can be used, or no context; the message says why and what to do.</summary>
public sealed class CudaUnavailableException : InvalidOperationException
{
    /// <summary>Without a reason.</summary>
    public CudaUnavailableException()
    {
    }

    /// <summary>With a reason.</summary>
    /// <param name="message">Why, and what to do.</param>
    public CudaUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CudaUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace SoftBoN.Kernels.Cuda;

/// <summary>The CUDA driver reported an error.</summary>
public sealed class CudaFaultException : InvalidOperationException
{
    /// <summary>A fault with a message only.</summary>
    public CudaFaultException()
    {
    }

    /// <summary>A fault with a message only.</summary>
    /// <param name="message">What happened.</param>
    public CudaFaultException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public CudaFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CudaFaultException(int result, string function, string description, string doing, bool isContextUsable)
        : base(
            $"{function} returned {description} ({result}) {doing}; "
            + (isContextUsable
                ? "the context is not harmed."
                : "attach anew to a context that is alive; where it is the primary one, the process has to start anew."))
    {
        (Result, Function, IsContextUsable) = (result, function, isContextUsable);
    }

    /// <summary>The driver's number, a CUresult.</summary>
    public int Result { get; }

    /// <summary>The driver's function that returned it.</summary>
    public string Function { get; } = "";

    /// <summary>Whether calls may go on; otherwise every later one throws.</summary>
    public bool IsContextUsable { get; }
}

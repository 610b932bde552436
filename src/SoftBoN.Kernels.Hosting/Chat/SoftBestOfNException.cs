namespace SoftBoN.Kernels.Hosting;

/// <summary>Too few draws of a request succeeded, or none can be picked.</summary>
public sealed class SoftBestOfNException : Exception
{
    internal SoftBestOfNException(string message, IReadOnlyDictionary<int, Exception> failures)
        : base(message, failures.Values.FirstOrDefault()) => Failures = failures;

    /// <summary>What went wrong with draws, by their number.</summary>
    public IReadOnlyDictionary<int, Exception> Failures { get; }
}

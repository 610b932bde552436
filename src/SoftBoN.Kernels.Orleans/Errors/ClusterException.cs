namespace SoftBoN.Kernels.Orleans;

/// <summary>A call failed on the cluster for a reason that another silo would not mend.</summary>
/// <remarks>
/// Where no silo can be had at all, calls throw <c>Orleans.Runtime.SiloUnavailableException</c>. What is wrong with arguments is
/// told before anything is sent, by the exceptions of <see cref="SoftBonEngine"/>.
/// </remarks>
public class ClusterException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="message">What failed, where, and the cure.</param>
    /// <param name="innerException">What it comes from; null for nothing.</param>
    public ClusterException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>The client and the silos are of different versions, so that messages or bits may differ.</summary>
public sealed class VersionSkewException : ClusterException
{
    internal VersionSkewException(string silo, string siloVersion)
        : base(
            $"Silo {silo} has version {siloVersion} and this client {KernelVersion.Current} (form of messages/kernels): results "
            + "could have other bits. Run the same version of SoftBoN.Kernels.Orleans on both sides.") =>
        (SiloVersion, ClientVersion) = (siloVersion, KernelVersion.Current);

    /// <summary>The silo's version: the form of its messages, a slash, the version of its kernels.</summary>
    public string SiloVersion { get; }

    /// <summary>The client's version.</summary>
    public string ClientVersion { get; }
}

/// <summary>A row is larger than a message may be.</summary>
public sealed class MessageTooLargeException : ClusterException
{
    internal MessageTooLargeException(string operation, long row, long bytes, long limit)
        : base(
            $"Row {row} of {operation} needs a message of {bytes} bytes and the limit is {limit}; raise MaxMessageBytes of "
            + "the client and of the silos, or shorten the row.") => (Bytes, Limit) = (bytes, limit);

    /// <summary>The bytes that the row needs.</summary>
    public long Bytes { get; }

    /// <summary>The most that a message may have.</summary>
    public long Limit { get; }
}

namespace SoftBoN.Kernels;

/// <summary>How an engine is made.</summary>
public sealed class SoftBonOptions
{
    /// <summary>The backend; a named one never falls back to another.</summary>
    public SoftBonBackend Backend { get; set; }

    /// <summary>
    /// The number of threads a call may use, the caller's included: at least 1, or -1 for as many as the machine has
    /// processors. Results do not depend on it.
    /// </summary>
    public int MaxDegreeOfParallelism { get; set; } = -1;
}

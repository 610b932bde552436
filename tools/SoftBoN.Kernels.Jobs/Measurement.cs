namespace SoftBoN.Kernels.Jobs;

/// <summary>What one process measured of one contender.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Role">What it is in its case.</param>
/// <param name="Rows">The rows of its batch.</param>
/// <param name="Columns">The candidates of each row.</param>
/// <param name="BytesPerElement">The least bytes that have to move per candidate.</param>
/// <param name="NanosecondsPerElement">One figure per round.</param>
/// <param name="AllocatedBytesPerCall">Managed memory of the whole process, after warm-up.</param>
internal sealed record Measurement(
    string Name,
    string Role,
    int Rows,
    int Columns,
    double BytesPerElement,
    double[] NanosecondsPerElement,
    double AllocatedBytesPerCall);

/// <summary>What one process measured.</summary>
/// <param name="CpuShare">Processor time over wall time while single calls were timed.</param>
/// <param name="Contenders">All contenders, ours first.</param>
internal sealed record CaseMeasurement(double CpuShare, IReadOnlyList<Measurement> Contenders);

/// <summary>One process of a case.</summary>
/// <param name="Jit">How the just-in-time compiler was set.</param>
/// <param name="Measured">What it measured.</param>
internal sealed record ProcessMeasurement(string Jit, CaseMeasurement Measured);

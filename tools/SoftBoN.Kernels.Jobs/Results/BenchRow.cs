namespace SoftBoN.Kernels.Jobs.Results;

/// <summary>What an engine, or a ceiling, took for a batch.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Shape">The batch.</param>
/// <param name="Name">The engine, or the ceiling.</param>
/// <param name="Mode">Where data lay and what was timed: one of <see cref="BenchMode"/>.</param>
/// <param name="Nanoseconds">Per element: median and quartiles over rounds.</param>
/// <param name="GigabytesPerSecond">The least bytes over the median time.</param>
/// <param name="PercentOfCeiling">Against the read or copy of the same rounds; NaN for devices and ceilings.</param>
internal sealed record BenchRow(
    string Operation,
    Shape Shape,
    string Name,
    string Mode,
    Quartiles Nanoseconds,
    double GigabytesPerSecond,
    double PercentOfCeiling)
{
    /// <summary>The operation and the batch.</summary>
    public string Case => $"{Operation}/{Shape}";

    /// <summary>What a row is found by in another run.</summary>
    public (string Case, string Name, string Mode) Key => (Case, Name, Mode);

    /// <summary>Microseconds for the whole batch.</summary>
    public double CallMicroseconds => Nanoseconds.Median * Shape.Elements / 1e3;

    public double RowsPerSecond => 1e9 / (Nanoseconds.Median * Shape.Columns);
}

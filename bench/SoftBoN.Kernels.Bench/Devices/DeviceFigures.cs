namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>Medians of one operation on one batch, in seconds.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Shape">Rows and columns.</param>
/// <param name="Elements">Candidates in all rows.</param>
/// <param name="Kernel">The launches alone, by the device's events.</param>
/// <param name="Copy">A copy of the rewards on the device, by its events.</param>
/// <param name="Resident">A call with data on the device, queued and waited for.</param>
/// <param name="EndToEnd">A call with data in the caller's memory, there and back.</param>
/// <param name="Simd">The processor's vectors on all processors.</param>
internal sealed record DeviceFigures(
    string Operation,
    string Shape,
    long Elements,
    double Kernel,
    double Copy,
    double Resident,
    double EndToEnd,
    double Simd);

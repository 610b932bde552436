using Microsoft.Extensions.Logging;
using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels;

/// <summary>How an engine is made.</summary>
public sealed class SoftBonOptions
{
    /// <summary>The backend; a named one never falls back to another.</summary>
    public SoftBonBackend Backend { get; set; }

    /// <summary>
    /// The number of threads a call on the processor may use, the caller's included: at least 1, or -1 for as many as
    /// the
    /// machine has processors; more than four times the processors count as that. Results do not depend on it.
    /// </summary>
    public int MaxDegreeOfParallelism { get; set; } = -1;

    /// <summary>
    /// Which device of a device backend, at least 0, as <see cref="SoftBonDevices.Probe"/> numbers them. Backends on
    /// the
    /// processor do not look at it.
    /// </summary>
    public int DeviceIndex { get; set; }

    /// <summary>
    /// The most device memory, in bytes, that the engine allocates at a time, buffers included; at least 1 MiB, or null
    /// for
    /// as much as there is. A call whose rows do not fit runs in chunks of rows; results do not depend on it.
    /// </summary>
    public long? MaxDeviceMemory { get; set; }

    /// <summary>
    /// Operations whose kernels are compiled when the engine is made, all that any call of them may need; others are
    /// compiled when a call first needs them. Backends on the processor have nothing to compile.
    /// </summary>
    /// <remarks>
    /// A kernel takes a second or so, more where the driver does not have it on disk, and an operation has up to a dozen of
    /// which a call needs one or two.
    /// </remarks>
    public SoftBonOperations CompileAtCreation { get; set; }

    /// <summary>Where the choice of the device and its faults are logged; null for nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>What a chunk of rows may have in all, in bytes; for tests.</summary>
    internal long? ChunkBytes { get; set; }

    /// <summary>Calls of fewer candidates run on the processor, whatever was measured; for tests.</summary>
    internal long? HostCallsBelow { get; set; }

    /// <summary>Calls on the processor are shared among threads however small they are; for tests.</summary>
    internal bool SharesAllCalls { get; set; }

    internal IFaultInjector? Faults { get; set; }

    internal void Check()
    {
        if (Backend is < SoftBonBackend.Auto or > SoftBonBackend.IlgpuCpu)
        {
            Throw.OutOfRange(
                nameof(Backend), Backend, "Must be Auto, Reference, Simd, Cuda, OpenCl or IlgpuCpu.");
        }

        if ((CompileAtCreation & ~SoftBonOperations.All) != 0)
        {
            Throw.OutOfRange(
                nameof(CompileAtCreation), CompileAtCreation, "Must be a combination of SoftWeights, Selection and Majority.");
        }

        if (MaxDegreeOfParallelism is < -1 or 0)
        {
            Throw.OutOfRange(
                nameof(MaxDegreeOfParallelism),
                MaxDegreeOfParallelism,
                "Must be at least 1, or -1 for all processors.");
        }

        Throw.IfNegative(DeviceIndex);
        const long LeastMemory = 1 << 20;
        if (MaxDeviceMemory < LeastMemory)
        {
            Throw.OutOfRange(nameof(MaxDeviceMemory), MaxDeviceMemory, $"Must be at least {LeastMemory} bytes, or null.");
        }
    }

    internal int Degree => MaxDegreeOfParallelism == -1 ? Environment.ProcessorCount : MaxDegreeOfParallelism;
}

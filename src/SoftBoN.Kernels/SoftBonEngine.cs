using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels;

/// <summary>
/// Runs soft best-of-n operations over batches of rows. The same inputs and seeds give the same bits on every backend,
/// at
/// any batch size, in any row position, with any number of threads.
/// </summary>
/// <remarks>
/// Thread-safe: any number of threads may call one engine at once. A call allocates nothing once the engine has served
/// one
/// as large. After a call that threw, the contents of its outputs are unspecified.
/// </remarks>
public sealed partial class SoftBonEngine : IDisposable
{
    private readonly EngineCore core;

    internal SoftBonEngine(SoftBonDevice device, EngineCore core)
    {
        Device = device;
        this.core = core;
    }

    /// <summary>What this engine runs on, and why.</summary>
    public SoftBonDevice Device { get; }

    /// <summary>
    /// Whether the device failed for good, so that every call throws <see cref="DeviceExecutionException"/>: dispose of
    /// the
    /// engine and make another.
    /// </summary>
    public bool IsFaulted => core.IsFaulted;

    /// <summary>The device memory that is allocated, in bytes, for tests.</summary>
    internal long DeviceBytes => core.DeviceBytes;

    /// <summary>Makes an engine on the backend that the options name.</summary>
    /// <remarks>
    /// On a device each kernel is compiled when it is first needed, once per engine, so keep engines. A program that is
    /// compiled ahead of time or trimmed has no device backends: there this is <see cref="CreateHost"/>.
    /// </remarks>
    /// <param name="options">Options; null means <see cref="SoftBonBackend.Auto"/> on all processors.</param>
    /// <returns>The engine; dispose it when done.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or SOFTBON_BACKEND names no backend.</exception>
    /// <exception cref="DeviceUnavailableException">The device that was asked for by name cannot be used.</exception>
    public static SoftBonEngine Create(SoftBonOptions? options = null)
    {
        options ??= new SoftBonOptions();
        options.Check();
        SoftBonEngine engine = DeviceFeature.IsSupported
            ? EngineFactory.Create(options)
            : EngineFactory.CreateWithoutDevices(options);
        EngineLog.Created(options.LoggerFactory, engine.Device);
        return engine;
    }

    /// <summary>
    /// Makes an engine that runs on the processor alone and uses no code that is generated at run time, so that it can
    /// be
    /// trimmed and compiled ahead of time.
    /// </summary>
    /// <param name="options">Options; null means <see cref="SoftBonBackend.Auto"/> on all processors.</param>
    /// <returns>The engine; dispose it when done.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of range, or a device backend was asked for, by name or by SOFTBON_BACKEND.
    /// </exception>
    public static SoftBonEngine CreateHost(SoftBonOptions? options = null)
    {
        options ??= new SoftBonOptions();
        options.Check();
        (SoftBonDevice device, HostCore core) = HostBackends.Create(
            options.Backend, options.Degree, sharesAll: options.SharesAllCalls);
        EngineLog.Created(options.LoggerFactory, device);
        return new SoftBonEngine(device, core);
    }

    /// <summary>
    /// Ends the engine. Calls that are under way finish; later ones throw. On a device this waits for them, and buffers
    /// and
    /// queues of the engine end with it.
    /// </summary>
    public void Dispose() => core.Dispose();
}

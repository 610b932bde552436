using System.Diagnostics.CodeAnalysis;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// Decides what an engine runs on. Auto takes the first that works of: CUDA, OpenCL on a GPU, the processor. CUDA comes
/// before OpenCL as NVIDIA's GPUs have both and its kernels use warp shuffles; OpenCL on a processor is no gain over
/// vectors.
/// </summary>
internal static class EngineFactory
{
    private static readonly SoftBonBackend[] AutoOrder = [SoftBonBackend.Cuda, SoftBonBackend.OpenCl];

    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    public static SoftBonEngine Create(SoftBonOptions options)
    {
        SoftBonBackend asked = options.Backend;
        string reason = "Asked for by name.";
        if (asked == SoftBonBackend.Auto)
        {
            asked = BackendNames.Forced(out string? value);
            reason = $"{BackendNames.Variable}={value}.";
        }

        if (asked == SoftBonBackend.Auto)
        {
            return CreateAuto(options);
        }

        return BackendNames.IsDevice(asked) ? CreateNamed(asked, options, reason) : CreateHost(options, "");
    }

    /// <summary>The same where no device can be had; a device that is asked for by name is refused.</summary>
    public static SoftBonEngine CreateWithoutDevices(SoftBonOptions options)
    {
        SoftBonBackend asked = options.Backend == SoftBonBackend.Auto ? BackendNames.Forced(out _) : options.Backend;
        return BackendNames.IsDevice(asked)
            ? throw new DeviceUnavailableException(
                $"{BackendNames.Spell(asked)} cannot be used: {DeviceFeature.Obstacle}", SoftBonDevices.Probe())
            : CreateHost(options, $" No device: {DeviceFeature.Obstacle}");
    }

    private static SoftBonEngine CreateHost(SoftBonOptions options, string noDevice)
    {
        (SoftBonDevice device, HostCore core) = HostBackends.Create(options.Backend, options.Degree, noDevice);
        return new SoftBonEngine(device, core);
    }

    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    private static SoftBonEngine CreateNamed(SoftBonBackend backend, SoftBonOptions options, string reason)
    {
        try
        {
            return Open(backend, options, isAuto: false, reason);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            IReadOnlyList<DeviceReport> reports = SoftBonDevices.Probe();
            throw new DeviceUnavailableException(
                $"{BackendNames.Spell(backend)} device {options.DeviceIndex} cannot be used: "
                + $"{WhyNot(backend, fault, reports)} ({reason} A device asked for by name is never replaced; 'softbon doctor' shows what there is.)",
                reports,
                fault);
        }
    }

    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    private static SoftBonEngine CreateAuto(SoftBonOptions options)
    {
        string noDevice = "";
        foreach (SoftBonBackend backend in AutoOrder)
        {
            if (DeviceProbe.Obstacle(backend, options.DeviceIndex, gpuOnly: true) is { } obstacle)
            {
                noDevice += $" No {BackendNames.Spell(backend)}: {obstacle}";
                continue;
            }

            try
            {
                return Open(backend, options, isAuto: true, $"Auto: the first that works.{noDevice}");
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                string reason = DeviceExecutionException.Chain(fault);
                noDevice += $" No {BackendNames.Spell(backend)}: {reason}";
                EngineLog.Fallback(options.LoggerFactory, BackendNames.Spell(backend), reason);
                Telemetry.Fallbacks.Add(1, new KeyValuePair<string, object?>(
                    Telemetry.BackendTag, BackendNames.Spell(backend)));
            }
        }

        return CreateHost(options, noDevice);
    }

    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    private static SoftBonEngine Open(SoftBonBackend backend, SoftBonOptions options, bool isAuto, string reason)
    {
        var request = new DeviceRequest(backend, options.DeviceIndex)
        {
            GpuOnly = isAuto,
            MaxMemory = options.MaxDeviceMemory,
            Compile = options.CompileAtCreation,
            LoggerFactory = options.LoggerFactory,
            Faults = options.Faults,
        };
        var owner = new DeviceThread(
            () => DeviceOpener.Open(request), BackendNames.Spell(backend), options.LoggerFactory);
        DeviceState state = owner.Device;
        long hostBelow = options.HostCallsBelow ?? 0;
        if (isAuto && options.HostCallsBelow == null)
        {
            (hostBelow, string why) = Calibration.Load(state.Key);
            reason += hostBelow == Calibration.Never
                ? $" Calls with memory of the caller run on the processor, {why}."
                : $" Calls of fewer than {hostBelow:N0} candidates run on the processor, {why}.";
        }

        var device = new SoftBonDevice(backend, state.Description, reason)
        {
            HostCallsBelow = hostBelow,
            CalibrationKey = state.Key,
        };
        (_, HostCore host) = HostBackends.Create(
            HostBackends.SimdObstacle == null ? SoftBonBackend.Simd : SoftBonBackend.Reference, options.Degree);
        long chunk = options.ChunkBytes ?? DeviceCore.DefaultChunkBytes(backend, state.MemoryLimit);
        return new SoftBonEngine(device, new DeviceCore(owner, device, chunk, hostBelow, host));
    }

    private static string WhyNot(SoftBonBackend backend, Exception fault, IReadOnlyList<DeviceReport> reports)
    {
        string what = fault is DeviceNotFoundException ? fault.Message : DeviceExecutionException.Chain(fault);
        IEnumerable<string> more = reports
            .Where(report => report.Backend == backend && !report.IsAvailable)
            .Select(report => $" {report.Name}: {report.Reason}. {report.Cure}".TrimEnd());
        return what + string.Concat(more);
    }
}

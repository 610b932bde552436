namespace SoftBoN.Kernels.Devices;

/// <summary>Looks at libraries and devices. Nothing here throws.</summary>
internal static class DeviceProbe
{
    public const string CudaCure =
        "For an NVIDIA GPU install NVIDIA's driver (Debian: nvidia-driver; Ubuntu: ubuntu-drivers install); in a container, "
        + "pass the GPU to it (docker run --gpus all).";

    public const string OpenClCure =
        "For an OpenCL device install the loader (Debian, Ubuntu: ocl-icd-libopencl1) and the OpenCL driver of its vendor.";

    /// <summary>Every library and device, with ILGPU's own verdict where it can be had.</summary>
    public static IReadOnlyList<DeviceReport> All() =>
        [.. Safely(SoftBonBackend.Cuda, Cuda), .. Safely(SoftBonBackend.OpenCl, OpenCl)];

    /// <summary>
    /// Why Auto need not try to open a backend's device; null where it is worth a try. Does not load ILGPU.
    /// </summary>
    public static string? Obstacle(SoftBonBackend backend, int index, bool gpuOnly)
    {
        try
        {
            return backend == SoftBonBackend.Cuda ? CudaObstacle(index) : OpenClObstacle(index, gpuOnly);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"{DeviceExecutionException.Chain(fault)}";
        }
    }

    private static string? CudaObstacle(int index)
    {
        CudaDriver? driver = CudaDriver.Ask();
        return driver switch
        {
            null => $"{NativeLibraries.CudaName} {NativeLibraries.CudaAbsence}.",
            { Obstacle: { } obstacle } => obstacle.Reason + ".",
            _ when index >= driver.Devices.Count =>
                $"there are {driver.Devices.Count} GPUs, and number {index} was asked for.",
            _ => null,
        };
    }

    private static string? OpenClObstacle(int index, bool gpuOnly)
    {
        OpenClLoader? loader = OpenClLoader.Ask();
        if (loader == null)
        {
            return $"{NativeLibraries.OpenClName} {NativeLibraries.OpenClAbsence}.";
        }

        if (loader.Obstacle is { } obstacle)
        {
            return obstacle.Reason + ".";
        }

        OpenClDeviceInfo[] usable = [.. loader.Devices.Where(device => OpenClReason(device) == "")];
        OpenClDeviceInfo[] wanted = [.. usable.Where(device => device.IsGpu || !gpuOnly)];
        return index < wanted.Length
            ? null
            : wanted.Length > 0
                ? $"there are {wanted.Length} usable devices, and number {index} was asked for."
                : usable.Length > 0
                    ? "no device is a GPU."
                    : $"{loader.Devices[0].Name}: {OpenClReason(loader.Devices[0])}.";
    }

    private static IEnumerable<DeviceReport> Cuda()
    {
        CudaDriver? driver = CudaDriver.Ask();
        if (driver == null)
        {
            string reason = $"the library {NativeLibraries.CudaAbsence}";
            return [Missing(SoftBonBackend.Cuda, NativeLibraries.CudaName, reason, CudaCure)];
        }

        if (driver.Obstacle is { } obstacle)
        {
            return [Missing(SoftBonBackend.Cuda, NativeLibraries.CudaName, obstacle.Reason, obstacle.Cure) with
            {
                Version = driver.Version.Length > 0 ? $"driver for CUDA {driver.Version}" : "",
            }];
        }

        IlgpuVerdict verdict = DeviceFeature.IsSupported ? IlgpuVerdict.OnCuda() : IlgpuVerdict.NotAsked;
        return driver.Devices.Select(device => new DeviceReport
        {
            Backend = SoftBonBackend.Cuda,
            Name = device.Name,
            IsGpu = true,
            Memory = device.Memory,
            Version = $"compute capability {device.Major}.{device.Minor}, driver for CUDA {driver.Version}",
            IsAvailable = verdict.IndexOf(device.Ordinal) >= 0,
            Index = verdict.IndexOf(device.Ordinal),
            Reason = verdict.IndexOf(device.Ordinal) >= 0 ? "" : verdict.Reason,
            Cure = verdict.IndexOf(device.Ordinal) >= 0 ? "" : verdict.CureFor("Update NVIDIA's driver."),
        });
    }

    private static IEnumerable<DeviceReport> OpenCl()
    {
        OpenClLoader? loader = OpenClLoader.Ask();
        if (loader == null)
        {
            string reason = $"the library {NativeLibraries.OpenClAbsence}";
            return [Missing(SoftBonBackend.OpenCl, NativeLibraries.OpenClName, reason, OpenClCure)];
        }

        if (loader.Obstacle is { } obstacle)
        {
            return [Missing(SoftBonBackend.OpenCl, NativeLibraries.OpenClName, obstacle.Reason, obstacle.Cure)];
        }

        IlgpuVerdict verdict = DeviceFeature.IsSupported ? IlgpuVerdict.OnOpenCl() : IlgpuVerdict.NotAsked;
        return loader.Devices.Select(device => Report(device, verdict));
    }

    private static DeviceReport Report(OpenClDeviceInfo device, IlgpuVerdict verdict)
    {
        int index = verdict.IndexOf(device.Id);
        string own = OpenClReason(device);
        return new DeviceReport
        {
            Backend = SoftBonBackend.OpenCl,
            Name = $"{device.Name} ({device.Platform})",
            IsGpu = device.IsGpu,
            Memory = device.Memory,
            Version = $"{device.Version}, driver {device.Driver}",
            IsAvailable = index >= 0,
            Index = index,
            Reason = index >= 0 ? "" : own.Length > 0 ? own : verdict.Reason,
            Cure = index >= 0 ? "" : verdict.CureFor("Install a newer OpenCL driver of the vendor."),
        };
    }

    /// <summary>Why ILGPU passes over a device; empty where it should not.</summary>
    private static string OpenClReason(OpenClDeviceInfo device) => device switch
    {
        { IsOnline: false } => "the device is not available",
        { AddressBits: not (0 or 64) } => $"the device has {device.AddressBits}-bit addresses, and 64 are needed",
        { HasGenericAddressSpace: false } => $"{device.Version} without the generic address space, which ILGPU needs",
        _ => "",
    };

    private static DeviceReport Missing(SoftBonBackend backend, string name, string reason, string cure) => new()
    {
        Backend = backend,
        Name = name,
        IsAvailable = false,
        Reason = reason,
        Cure = cure,
    };

    private static DeviceReport[] Safely(SoftBonBackend backend, Func<IEnumerable<DeviceReport>> probe)
    {
        try
        {
            return [.. probe()];
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return [Missing(backend, BackendNames.Spell(backend), DeviceExecutionException.Chain(fault), "")];
        }
    }
}

namespace SoftBoN.Kernels;

/// <summary>What is known of one device, or of a library without which there are none.</summary>
public sealed record DeviceReport
{
    /// <summary>The backend that would use it: Cuda or OpenCl.</summary>
    public required SoftBonBackend Backend { get; init; }

    /// <summary>The device's name, or the library's.</summary>
    public required string Name { get; init; }

    /// <summary>Whether an engine can be made on it.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>What <see cref="SoftBonOptions.DeviceIndex"/> names it by; -1 where it is not available.</summary>
    public int Index { get; init; } = -1;

    /// <summary>Whether it is a GPU. An OpenCL processor is usable by name, and Auto passes it over.</summary>
    public bool IsGpu { get; init; }

    /// <summary>Its memory in bytes; 0 where it is not known.</summary>
    public long Memory { get; init; }

    /// <summary>Versions: compute capability, driver, OpenCL.</summary>
    public string Version { get; init; } = "";

    /// <summary>Why it is not available; empty where it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do about it; empty where nothing is to be done or nothing helps.</summary>
    public string Cure { get; init; } = "";
}

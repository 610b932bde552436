using System.Numerics;

namespace SoftBoN.Kernels;

/// <summary>The processor's backends, in the order in which Auto takes them: vectors, then scalar loops.</summary>
internal static class HostBackends
{
    /// <summary>Why the vector path cannot run here, or null where it can.</summary>
    public static string? SimdObstacle => Vector<float>.Count is 4 or 8 or 16
        ? null
        : $"Vector<float> has {Vector<float>.Count} lanes here; the vector path knows 4, 8 and 16.";

    /// <summary>Makes the engine's core on the processor.</summary>
    /// <param name="asked">Auto, Reference or Simd.</param>
    /// <param name="degree">The number of threads.</param>
    /// <param name="noDevice">Why Auto takes no device; empty where devices were not looked for.</param>
    /// <param name="sharesAll">Shares small calls too; for tests.</param>
    public static (SoftBonDevice Device, HostCore Core) Create(SoftBonBackend asked, int degree, string noDevice = "", bool sharesAll = false)
    {
        SoftBonDevice device = Choose(asked, noDevice);
        return (device, new HostCore(device.Backend == SoftBonBackend.Reference, degree, sharesAll));
    }

    private static SoftBonDevice Choose(SoftBonBackend asked, string noDevice)
    {
        if (asked != SoftBonBackend.Auto)
        {
            return Named(asked, "Asked for by name.");
        }

        SoftBonBackend forced = BackendNames.Forced(out string? value);
        if (forced != SoftBonBackend.Auto)
        {
            return Named(forced, $"{BackendNames.Variable}={value}.");
        }

        return SimdObstacle is { } obstacle
            ? Reference($"Auto: {obstacle}{noDevice}")
            : Simd($"Auto: the fastest backend on a processor.{noDevice}");
    }

    private static SoftBonDevice Named(SoftBonBackend backend, string reason)
    {
        switch (backend)
        {
            case SoftBonBackend.Reference:
                return Reference(reason);
            case SoftBonBackend.Simd when SimdObstacle is { } obstacle:
                throw new PlatformNotSupportedException(
                    $"The simd backend cannot run: {obstacle} Use reference or auto. ({reason})");
            case SoftBonBackend.Simd:
                return Simd(reason);
            default:
                throw new ArgumentException(
                    $"{BackendNames.Spell(backend)} is not a backend of the processor ({reason}); an engine on the processor "
                    + "alone runs auto, simd or reference. Use SoftBonEngine.Create for a device.");
        }
    }

    private static SoftBonDevice Reference(string reason) => new(SoftBonBackend.Reference, "scalar loops", reason);

    private static SoftBonDevice Simd(string reason) =>
        new(SoftBonBackend.Simd, $"{Vector<byte>.Count * 8}-bit vectors", reason);
}

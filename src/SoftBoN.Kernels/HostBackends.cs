using System.Numerics;

namespace SoftBoN.Kernels;

/// <summary>The processor's backends, in the order in which Auto takes them: vectors, then scalar loops.</summary>
internal static class HostBackends
{
    /// <summary>Overrides what Auto means.</summary>
    public const string Variable = "SOFTBON_BACKEND";

    /// <summary>Why the vector path cannot run here, or null where it can.</summary>
    public static string? SimdObstacle => Vector<float>.Count is 4 or 8 or 16
        ? null
        : $"Vector<float> has {Vector<float>.Count} lanes here; the vector path knows 4, 8 and 16.";

    public static SoftBonDevice Choose(SoftBonBackend asked)
    {
        switch (asked)
        {
            case SoftBonBackend.Reference:
                return Reference("Asked for by name.");
            case SoftBonBackend.Simd when SimdObstacle is { } obstacle:
                throw new PlatformNotSupportedException($"The simd backend cannot run: {obstacle} Use reference or auto.");
            case SoftBonBackend.Simd:
                return Simd("Asked for by name.");
            case SoftBonBackend.Auto:
                return Auto();
            default:
                Throw.OutOfRange(nameof(SoftBonOptions.Backend), asked, "Must be Auto, Reference or Simd.");
                return null!;
        }
    }

    private static SoftBonDevice Auto()
    {
        string? forced = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(forced))
        {
            return SimdObstacle is { } obstacle
                ? Reference($"Auto: {obstacle}")
                : Simd("Auto: the fastest backend on a processor.");
        }

        if (forced.Equals("reference", StringComparison.OrdinalIgnoreCase))
        {
            return Reference($"{Variable}={forced}.");
        }

        if (forced.Equals("simd", StringComparison.OrdinalIgnoreCase) && SimdObstacle is null)
        {
            return Simd($"{Variable}={forced}.");
        }

        throw new ArgumentException(
            $"The environment variable {Variable} is '{forced}', which names no backend that can run here; "
            + "set it to reference or simd, or unset it.");
    }

    private static SoftBonDevice Reference(string reason) => new(SoftBonBackend.Reference, "scalar loops", reason);

    private static SoftBonDevice Simd(string reason) =>
        new(SoftBonBackend.Simd, $"{Vector<byte>.Count * 8}-bit vectors", reason);
}

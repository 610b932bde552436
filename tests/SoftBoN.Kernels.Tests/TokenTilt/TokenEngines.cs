using System.Collections.Concurrent;
using SoftBoN.Kernels.Tests.Devices;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>Engines on devices that tests of tokens share, as each would compile the kernels anew.</summary>
internal static class TokenEngines
{
    /// <summary>Small enough that a few rows of some hundred tokens are several chunks.</summary>
    private const long SmallChunk = 9000;

    private static readonly ConcurrentDictionary<(SoftBonBackend Backend, bool IsSmall), Lazy<SoftBonEngine>> Made = new();

    /// <summary>One that takes small chunks, and where that is not too slow, one that takes calls as a whole.</summary>
    public static IEnumerable<SoftBonEngine> Of(SoftBonBackend backend)
    {
        yield return One(backend, isSmall: true);
        if (backend != SoftBonBackend.IlgpuCpu)
        {
            yield return One(backend);
        }
    }

    /// <summary>One engine of a backend.</summary>
    public static SoftBonEngine One(SoftBonBackend backend) =>
        One(backend, isSmall: backend == SoftBonBackend.IlgpuCpu);

    private static SoftBonEngine One(SoftBonBackend backend, bool isSmall) => Made.GetOrAdd(
        (backend, isSmall),
        key => new(() => DeviceBackends.Make(
            key.Backend, options => options.ChunkBytes = key.IsSmall ? SmallChunk : null))).Value;
}

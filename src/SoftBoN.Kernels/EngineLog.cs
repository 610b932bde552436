using Microsoft.Extensions.Logging;

namespace SoftBoN.Kernels;

/// <summary>What engines log; ids 1000 to 1999.</summary>
internal static partial class EngineLog
{
    private const string Category = "SoftBoN.Kernels";

    public static void Created(ILoggerFactory? factory, SoftBonDevice device)
    {
        if (factory != null)
        {
            Created(factory.CreateLogger(Category), device.Backend, device.Description, device.Reason);
        }
    }

    public static void Compiled(ILoggerFactory? factory, string device, TimeSpan time)
    {
        if (factory != null)
        {
            Compiled(factory.CreateLogger(Category), device, time.TotalMilliseconds);
        }
    }

    public static void Fallback(ILoggerFactory? factory, string device, string reason)
    {
        if (factory != null)
        {
            Fallback(factory.CreateLogger(Category), device, reason);
        }
    }

    public static void Faulted(ILoggerFactory? factory, string device, Exception fault)
    {
        if (factory != null)
        {
            Faulted(factory.CreateLogger(Category), device, fault);
        }
    }

    [LoggerMessage(1000, LogLevel.Information, "Runs on {Backend}, {Device}. {Reason}")]
    private static partial void Created(ILogger logger, SoftBonBackend backend, string device, string reason);

    [LoggerMessage(1001, LogLevel.Information, "Kernels for {Device} compiled in {Milliseconds:F0} ms")]
    private static partial void Compiled(ILogger logger, string device, double milliseconds);

    [LoggerMessage(1002, LogLevel.Warning, "{Device} is there and cannot be used: {Reason}")]
    private static partial void Fallback(ILogger logger, string device, string reason);

    [LoggerMessage(1003, LogLevel.Error, "{Device} failed and cannot be used any more by this engine")]
    private static partial void Faulted(ILogger logger, string device, Exception fault);
}

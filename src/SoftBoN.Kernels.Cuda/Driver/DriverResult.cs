namespace SoftBoN.Kernels.Cuda.Driver;

/// <summary>Which of the driver's errors leave a context as it was.</summary>
internal static class DriverResult
{
    private const int InvalidValue = 1;
    private const int OutOfMemory = 2;
    private const int NoBinaryForGpu = 209;
    private const int UnsupportedLimit = 215;
    private const int InvalidPtx = 218;
    private const int UnsupportedPtxVersion = 222;
    private const int NotFound = 500;
    private const int LaunchOutOfResources = 701;
    private const int StreamCaptureUnsupported = 900;
    private const int LastOfStreamCapture = 908;

    /// <summary>What concerns the call alone; whatever else is reported, the context is not to be trusted.</summary>
    public static bool LeavesContextUsable(int result) => result is InvalidValue or OutOfMemory or NoBinaryForGpu
        or UnsupportedLimit or InvalidPtx or UnsupportedPtxVersion or NotFound or LaunchOutOfResources
        or (>= StreamCaptureUnsupported and <= LastOfStreamCapture);
}

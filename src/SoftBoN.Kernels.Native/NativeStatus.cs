namespace SoftBoN.Kernels.Native;

/// <summary>What a call came to; the numbers are those of softbon.h.</summary>
internal enum NativeStatus
{
    Ok = 0,
    InvalidArgument = 1,
    NoSuchEngine = 2,
    Unsupported = 3,
    OutOfMemory = 4,
    Internal = 5,
    DeviceUnavailable = 6,
    DeviceFault = 7,
}

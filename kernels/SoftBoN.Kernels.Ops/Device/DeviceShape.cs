namespace SoftBoN.Kernels.Ops;

/// <summary>How the kernels of a device share out a row. Every shape returns the same bits.</summary>
internal enum DeviceShape
{
    /// <summary>Teams of threads that exchange by the shuffles of warps of 32: CUDA.</summary>
    Shuffles,

    /// <summary>Teams of threads that exchange through shared memory: OpenCL on anything but a processor.</summary>
    SharedMemory,

    /// <summary>
    /// A thread a row, and no barriers: OpenCL on processors, whose compilers make loops over all threads of what is between
    /// two barriers, and take minutes for kernels that have hundreds.
    /// </summary>
    Alone,
}

namespace SoftBoN.Kernels.Cuda.Launching;

/// <summary>A kernel by its name in the PTX, and the type of its only argument.</summary>
internal readonly record struct KernelName<TArgs>(string Name)
    where TArgs : unmanaged;

namespace SoftBoN.Kernels;

/// <summary>The code that runs an engine's operations. All return the same bits.</summary>
public enum SoftBonBackend
{
    /// <summary>
    /// The best one that this machine has, in this order: <see cref="Cuda"/>, <see cref="OpenCl"/> on a GPU,
    /// <see cref="Simd"/>, <see cref="Reference"/>. The environment variable SOFTBON_BACKEND (reference, simd, cuda,
    /// opencl,
    /// ilgpu-cpu) overrides it, and is then as binding as a backend asked for by name.
    /// </summary>
    Auto = 0,

    /// <summary>The scalar loops that define every result.</summary>
    Reference = 1,

    /// <summary>Vector&lt;T&gt; at the width that the runtime chose for this processor.</summary>
    Simd = 2,

    /// <summary>Kernels on an NVIDIA GPU.</summary>
    Cuda = 3,

    /// <summary>Kernels on an OpenCL device, of OpenCL 2, or 3 with the generic address space.</summary>
    OpenCl = 4,

    /// <summary>
    /// The same kernels, thread by thread on the processor: for debugging and tests, thousands of times slower than
    /// <see cref="Simd"/>. Auto never takes it.
    /// </summary>
    IlgpuCpu = 5,
}

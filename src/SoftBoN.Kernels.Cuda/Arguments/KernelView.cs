namespace SoftBoN.Kernels.Cuda.Arguments;

/// <summary>An array in device memory as kernels take it: ILGPU's view, an address and a number of values.</summary>
internal readonly record struct KernelView(nuint Address, long Length);

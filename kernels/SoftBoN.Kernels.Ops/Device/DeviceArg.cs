using ILGPU;

namespace SoftBoN.Kernels.Ops;

/// <summary>A parameter that is one value for all rows, or one per row: the twin of <c>PerRowArg</c>.</summary>
internal struct DeviceArg<T>
    where T : unmanaged
{
    /// <summary>One value per row; empty where there is one for all.</summary>
    public ArrayView<T> Values;

    public T Scalar;
}

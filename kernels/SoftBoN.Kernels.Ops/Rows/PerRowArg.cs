namespace SoftBoN.Kernels.Ops;

/// <summary>A parameter that is one value for all rows, or one per row.</summary>
internal unsafe struct PerRowArg<T>
    where T : unmanaged
{
    public T* Values;
    public T Scalar;

    public readonly T this[long row] => Values != null ? Values[row] : Scalar;
}

namespace SoftBoN.Kernels.Cuda;

/// <summary>A parameter that is one value for all rows, or one per row in device memory. Default: not given.</summary>
/// <remarks>Values in device memory are read when the kernel runs, so a graph that is replayed takes what is there then.</remarks>
/// <typeparam name="T">The parameter's type.</typeparam>
public readonly record struct CudaPerRow<T>
    where T : unmanaged
{
    internal CudaPerRow(T scalar, nuint address) => (Scalar, Address, IsGiven) = (scalar, address, true);

    /// <summary>Whether there is a value at all.</summary>
    public bool IsGiven { get; }

    /// <summary>The value of all rows, where there is no address.</summary>
    public T Scalar { get; }

    /// <summary>A device pointer to one value per row; 0 where there is one for all.</summary>
    public nuint Address { get; }

    /// <summary>The same value for every row.</summary>
    /// <param name="scalar">The value.</param>
    public static implicit operator CudaPerRow<T>(T scalar) => new(scalar, 0);
}

/// <summary>Makes parameters that are in device memory.</summary>
public static class CudaPerRow
{
    /// <summary>One value per row.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="address">A device pointer to as many values as there are rows.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="address"/> is 0.</exception>
    public static CudaPerRow<T> At<T>(nuint address)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfZero(address);
        return new(default, address);
    }
}

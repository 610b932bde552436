namespace SoftBoN.Kernels;

/// <summary>A parameter that is one value for all rows, or one value per row in device memory.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
/// <remarks>Made by implicit conversion. The default value means "not given".</remarks>
public readonly struct DevicePerRow<T>
    where T : unmanaged
{
    private DevicePerRow(T scalar, DeviceSpan<T> values, bool isGiven)
    {
        Scalar = scalar;
        Values = values;
        IsGiven = isGiven;
    }

    /// <summary>Whether a scalar or values were given at all.</summary>
    public bool IsGiven { get; }

    /// <summary>The value of all rows, where <see cref="Values"/> is absent.</summary>
    public T Scalar { get; }

    /// <summary>At least one value per row; absent where <see cref="Scalar"/> counts.</summary>
    public DeviceSpan<T> Values { get; }

    /// <summary>The same value for every row.</summary>
    /// <param name="scalar">The value.</param>
    public static implicit operator DevicePerRow<T>(T scalar) => new(scalar, default, true);

    /// <summary>One value per row.</summary>
    /// <param name="values">At least as many values as the batch has rows.</param>
    public static implicit operator DevicePerRow<T>(DeviceSpan<T> values) =>
        new(default, values, values.Buffer != null);

    /// <summary>One value per row.</summary>
    /// <param name="values">At least as many values as the batch has rows.</param>
    public static implicit operator DevicePerRow<T>(DeviceBuffer<T> values) => (DeviceSpan<T>)values;
}

namespace SoftBoN.Kernels;

/// <summary>A parameter that is one value for all rows, or one value per row.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
/// <remarks>Made by implicit conversion from a scalar, an array or a span. The default value means "not given".</remarks>
public readonly ref struct PerRow<T>
    where T : unmanaged
{
    private PerRow(T scalar)
    {
        Scalar = scalar;
        IsGiven = true;
    }

    private PerRow(ReadOnlySpan<T> values)
    {
        Values = values;
        IsGiven = true;
        IsPerRow = true;
    }

    /// <summary>Whether a scalar or a span was given at all.</summary>
    public bool IsGiven { get; }

    /// <summary>Whether there is one value per row.</summary>
    public bool IsPerRow { get; }

    /// <summary>The value of all rows, where <see cref="IsPerRow"/> is false.</summary>
    public T Scalar { get; }

    /// <summary>One value per row, where <see cref="IsPerRow"/> is true.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>The same value for every row.</summary>
    /// <param name="scalar">The value.</param>
    public static implicit operator PerRow<T>(T scalar) => new(scalar);

    /// <summary>One value per row.</summary>
    /// <param name="values">As many values as the batch has rows.</param>
    public static implicit operator PerRow<T>(ReadOnlySpan<T> values) => new(values);

    /// <summary>One value per row.</summary>
    /// <param name="values">As many values as the batch has rows.</param>
    public static implicit operator PerRow<T>(Span<T> values) => new((ReadOnlySpan<T>)values);

    /// <summary>One value per row.</summary>
    /// <param name="values">As many values as the batch has rows.</param>
    public static implicit operator PerRow<T>(T[] values) => new((ReadOnlySpan<T>)values);
}

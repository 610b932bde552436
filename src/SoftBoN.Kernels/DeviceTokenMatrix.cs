using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels;

/// <summary>
/// Rows of one value per token in device memory, as float32, IEEE half or bfloat16: the twin of <see cref="TokenMatrix"/> and
/// of <see cref="TokenOutput"/>. Default: no values at all.
/// </summary>
/// <remarks>The tokens of a row lie side by side; rows may have gaps between them.</remarks>
public readonly struct DeviceTokenMatrix
{
    private DeviceTokenMatrix(TokenElement element, long memory, int rows, int columns, long rowStride)
    {
        Throw.IfNegative(rows);
        Throw.IfNegative(columns);
        Throw.IfNegative(rowStride);
        if (columns > TokenMatrix.MaxColumns)
        {
            Throw.OutOfRange(nameof(columns), columns, $"A row has at most {TokenMatrix.MaxColumns} tokens.");
        }

        Extent = rows == 0 || columns == 0 ? 0 : checked(((rows - 1) * rowStride) + columns);
        if (Extent > memory)
        {
            Throw.Argument(
                $"{rows} rows of {columns} tokens, {rowStride} apart, need {Extent} values and there are {memory}; pass "
                + "more memory or fewer rows.",
                "values");
        }

        (Element, Rows, Columns, RowStride, IsGiven) = (element, rows, columns, rowStride, true);
    }

    /// <summary>Whether there are values, if only of an empty batch.</summary>
    public bool IsGiven { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of tokens of each row.</summary>
    public int Columns { get; }

    internal TokenElement Element { get; }

    internal long RowStride { get; }

    /// <summary>Values from the first to the last, gaps included.</summary>
    internal long Extent { get; }

    internal DeviceSpan<float> Floats { get; private init; }

    internal DeviceSpan<Half> Halves { get; private init; }

    internal DeviceSpan<ushort> BFloats { get; private init; }

    /// <summary>Float32 values.</summary>
    /// <param name="values">The memory.</param>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The number of tokens of each, 0 to 2^20.</param>
    /// <param name="rowStride">
    /// Values from a row's start to the next row's, at least 0; as many as columns if null.
    /// </param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">A number is out of range, or the memory is too short.</exception>
    public static DeviceTokenMatrix Of(DeviceSpan<float> values, int rows, int columns, long? rowStride = null) =>
        new(TokenElement.Float32, values.Length, rows, columns, rowStride ?? columns) { Floats = values };

    /// <summary>IEEE half values.</summary>
    /// <inheritdoc cref="Of(DeviceSpan{float}, int, int, long?)"/>
    public static DeviceTokenMatrix Of(DeviceSpan<Half> values, int rows, int columns, long? rowStride = null) =>
        new(TokenElement.Half, values.Length, rows, columns, rowStride ?? columns) { Halves = values };

    /// <summary>Bfloat16 values: the upper halves of float32s.</summary>
    /// <inheritdoc cref="Of(DeviceSpan{float}, int, int, long?)"/>
    public static DeviceTokenMatrix OfBFloat16(
        DeviceSpan<ushort> values, int rows, int columns, long? rowStride = null) =>
        new(TokenElement.BFloat16, values.Length, rows, columns, rowStride ?? columns) { BFloats = values };

    /// <summary>Whether both are the same values, laid out alike.</summary>
    internal bool IsPlaceOf(DeviceTokenMatrix other) => IsGiven && other.IsGiven
        && Floats.Buffer == other.Floats.Buffer && Floats.Start == other.Floats.Start
        && Halves.Buffer == other.Halves.Buffer && Halves.Start == other.Halves.Start
        && BFloats.Buffer == other.BFloats.Buffer && BFloats.Start == other.BFloats.Start
        && RowStride == other.RowStride;

    /// <summary>Adds the memory to what a piece of work uses.</summary>
    internal void Hold(ref BufferHolds holds, EngineCore core, string name, bool isWritten)
    {
        Hold(ref holds, core, Floats, name, isWritten);
        Hold(ref holds, core, Halves, name, isWritten);
        Hold(ref holds, core, BFloats, name, isWritten);
    }

    private void Hold<T>(ref BufferHolds holds, EngineCore core, DeviceSpan<T> span, string name, bool isWritten)
        where T : unmanaged
    {
        if (isWritten)
        {
            holds.Writes(core, span, Extent, name);
        }
        else
        {
            holds.Reads(core, span, Extent, name);
        }
    }
}

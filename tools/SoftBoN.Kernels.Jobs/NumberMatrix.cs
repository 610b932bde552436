using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>Rows of standard normal values in any format, always the same.</summary>
internal sealed unsafe class NumberMatrix : IDisposable
{
    private readonly Shape _shape;
    private readonly NumberFormat _format;
    private readonly AlignedBuffer<float>? _floats;
    private readonly AlignedBuffer<ushort>? _narrow;

    public NumberMatrix(Shape shape, NumberFormat format)
    {
        (_shape, _format) = (shape, format);
        AlignedBuffer<float> values = Rewards.Normal(shape);
        if (format == NumberFormat.Float32)
        {
            _floats = values;
            return;
        }

        _narrow = new AlignedBuffer<ushort>(shape.Elements);
        for (int i = 0; i < values.Span.Length; i++)
        {
            _narrow.Span[i] = Narrow(values.Span[i], format);
        }

        values.Dispose();
    }

    public double BytesPerElement => _format == NumberFormat.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>The memory as floats, whatever is in it.</summary>
    public float* Pointer => _floats is null ? (float*)_narrow!.Pointer : _floats.Pointer;

    public long Floats => (long)(_shape.Elements * BytesPerElement / sizeof(float));

    /// <summary>The first rows.</summary>
    public TokenMatrix First(int rows) => _format switch
    {
        NumberFormat.Float32 => TokenMatrix.Of(_floats!.Span, rows, _shape.Columns),
        NumberFormat.BFloat16 => TokenMatrix.OfBFloat16(_narrow!.Span, rows, _shape.Columns),
        _ => TokenMatrix.Of(MemoryMarshal.Cast<ushort, Half>(_narrow!.Span), rows, _shape.Columns),
    };

    /// <summary>The rows in an engine's memory.</summary>
    public DeviceTokenMatrix Place(ResidentJob memory)
    {
        (int rows, int columns) = _shape;
        return _format switch
        {
            NumberFormat.Float32 => DeviceTokenMatrix.Of(memory.In<float>(_floats!.Span), rows, columns),
            NumberFormat.BFloat16 => DeviceTokenMatrix.OfBFloat16(memory.In<ushort>(_narrow!.Span), rows, columns),
            _ => DeviceTokenMatrix.Of(
                memory.In<Half>(MemoryMarshal.Cast<ushort, Half>(_narrow!.Span)), rows, columns),
        };
    }

    public void Dispose()
    {
        _floats?.Dispose();
        _narrow?.Dispose();
    }

    private static ushort Narrow(float value, NumberFormat format) => format == NumberFormat.BFloat16
        ? (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)
        : BitConverter.HalfToUInt16Bits((Half)value);
}

namespace SoftBoN.Kernels.Native;

/// <summary>The caller's rows of values of a format (softbon_matrix_in and softbon_matrix_out).</summary>
internal unsafe struct NativeMatrix
{
    private const int Float32 = 0;
    private const int HalfFloat = 1;
    private const int BFloat16 = 2;

    public void* Data;
    public long Count;
    public int Format;
    public int Rows;
    public int Columns;
    public int Reserved;
    public long RowStride;

    public readonly bool IsGiven => Data != null || Count != 0 || Rows != 0;

    public readonly TokenMatrix Read(string name)
    {
        if (!IsGiven)
        {
            return default;
        }

        CheckOnHost(name);
        return Format switch
        {
            HalfFloat => TokenMatrix.Of(new ReadOnlySpan<Half>(Data, (int)Count), Rows, Columns, RowStride),
            BFloat16 => TokenMatrix.OfBFloat16(new ReadOnlySpan<ushort>(Data, (int)Count), Rows, Columns, RowStride),
            _ => TokenMatrix.Of(new ReadOnlySpan<float>(Data, (int)Count), Rows, Columns, RowStride),
        };
    }

    public readonly TokenOutput Write(string name)
    {
        if (!IsGiven)
        {
            return default;
        }

        CheckOnHost(name);
        return Format switch
        {
            HalfFloat => TokenOutput.Of(new Span<Half>(Data, (int)Count), Rows, Columns, RowStride),
            BFloat16 => TokenOutput.OfBFloat16(new Span<ushort>(Data, (int)Count), Rows, Columns, RowStride),
            _ => TokenOutput.Of(new Span<float>(Data, (int)Count), Rows, Columns, RowStride),
        };
    }

    /// <summary>Throws where the matrix cannot be what it says.</summary>
    public readonly void Check(string name)
    {
        if (Format is < Float32 or > BFloat16)
        {
            NativeFault.Argument($"{name}.format is {Format}; pass 0 to {BFloat16}, a softbon_format.");
        }

        NativeArray<byte>.Check(Data, Count, Format == Float32 ? sizeof(float) : sizeof(ushort), name);
    }

    /// <summary>Throws where it is more than a span holds, too.</summary>
    private readonly void CheckOnHost(string name)
    {
        Check(name);
        if (Count > int.MaxValue)
        {
            NativeFault.Unsupported($"{name}.count is {Count}, and a call takes {int.MaxValue}; pass fewer rows a call.");
        }
    }
}

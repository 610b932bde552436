using System.Numerics.Tensors;

namespace SoftBoN.Kernels.Native;

/// <summary>Where the caller's rows lie (softbon_rows).</summary>
internal unsafe struct NativeRows
{
    public const int Dense = 0;
    public const int Strided = 1;
    public const int Ragged = 2;
    public const int Mapped = 3;

    public int Layout;
    public int Count;
    public int Columns;
    public int Reserved;
    public long RowStride;
    public long ColumnStride;
    public NativeArray<long> Starts;
    public NativeArray<int> Lengths;

    /// <summary>Whether nothing at all was said.</summary>
    public readonly bool IsAbsent => Layout == Dense && Count == 0 && Columns == 0;

    public readonly Rows Read(string name)
    {
        ReadOnlySpan<long> starts = Starts.Read(name, ".starts");
        ReadOnlySpan<int> lengths = Lengths.Read(name, ".lengths");
        switch (Layout)
        {
            case Dense:
                return Rows.Dense(Count, Columns);
            case Strided:
                return Rows.Strided(Count, Columns, RowStride, ColumnStride);
            case Ragged:
                return Rows.Ragged(starts);
            case Mapped:
                return Rows.Mapped(starts, lengths);
            default:
                NativeFault.Argument($"{name}.layout is {Layout}; pass 0 to {Mapped}, a softbon_layout.");
                return default;
        }
    }

    /// <summary>Whether rewards are so many that no span holds them.</summary>
    public static bool IsHuge(in NativeArray<float> rewards) => rewards.Count > int.MaxValue;

    /// <summary>More rewards than a span holds, where rows have strides.</summary>
    public readonly ReadOnlyTensorSpan<float> ReadHuge(in NativeArray<float> rewards)
    {
        rewards.Check("rewards");
        if (Layout is not (Dense or Strided))
        {
            NativeFault.Unsupported(
                $"rewards.count is {rewards.Count}, and ragged or mapped rows of a call take {int.MaxValue}; pass fewer rows "
                + "a call, or rows with strides.");
        }

        return new ReadOnlyTensorSpan<float>(
            rewards.Data,
            (nint)rewards.Count,
            [Count, Columns],
            [(nint)(Layout == Dense ? Columns : RowStride), (nint)(Layout == Dense ? 1 : ColumnStride)]);
    }
}

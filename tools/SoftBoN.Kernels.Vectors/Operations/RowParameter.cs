using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>A parameter that is one value, or one per row; keeps what <see cref="PerRow{T}"/> is made from.</summary>
internal sealed class RowParameter<T>(T scalar, T[]? values)
    where T : unmanaged
{
    public RowParameter(T scalar)
        : this(scalar, null)
    {
    }

    public bool IsPerRow => values != null;

    public T this[int row] => values == null ? scalar : values[row];

    public PerRow<T> ToPerRow() => values == null ? scalar : values;

    /// <summary>From one word, or from several between brackets.</summary>
    public static RowParameter<T> Parse(IReadOnlyList<string> words, Func<string, T> parse)
    {
        if (words.Count == 1 && words[0][0] != '[')
        {
            return new RowParameter<T>(parse(words[0]));
        }

        string list = string.Join(' ', words).Trim('[', ']');
        return new RowParameter<T>(
            default, [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(parse)]);
    }

    /// <summary>From the text of 64-bit integers.</summary>
    public static RowParameter<ulong> ParseUInt64(string text) =>
        RowParameter<ulong>.Parse(text.Split(' '), SpecText.ToUInt64);

    public override string ToString() => values == null ? $"{scalar}" : $"[{string.Join(' ', values)}]";
}

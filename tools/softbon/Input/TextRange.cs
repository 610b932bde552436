namespace SoftBoN.Tool.Input;

/// <summary>A piece of a batch's text.</summary>
internal readonly record struct TextRange(int Start, int Length)
{
    public static TextRange None => new(-1, 0);

    public bool IsNone => Start < 0;

    public TextRange Moved(int by) => IsNone ? this : new TextRange(Start + by, Length);

    public ReadOnlySpan<byte> In(Column<byte> text) => text.Span.Slice(Start, Length);
}

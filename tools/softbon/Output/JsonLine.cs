using System.Globalization;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Output;

/// <summary>
/// Builds lines of JSON in memory. Floats are the shortest text that reads back as the same float; what is not finite
/// is null.
/// </summary>
internal sealed class JsonLine : IRowWriter
{
    private const int LongestNumber = 32;

    private readonly Column<byte> _text = new();
    private bool _first = true;

    public ReadOnlySpan<byte> Text => _text.Span;

    public void Clear() => _text.Clear();

    public void Begin()
    {
        _text.Add((byte)'{');
        _first = true;
    }

    public void End() => _text.Append("}\n"u8);

    /// <summary>Starts a member.</summary>
    public IRowWriter Name(ReadOnlySpan<byte> name)
    {
        Separate();
        _text.Add((byte)'"');
        _text.Append(name);
        _text.Append("\":"u8);
        return this;
    }

    public void Number(float value)
    {
        if (!float.IsFinite(value))
        {
            Null();
            return;
        }

        value.TryFormat(_text.Extend(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _text.Truncate(_text.Count - LongestNumber + written);
    }

    public void Number(ulong value)
    {
        value.TryFormat(_text.Extend(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _text.Truncate(_text.Count - LongestNumber + written);
    }

    /// <summary>
    /// A place in a row; null where there is none (-1), which many languages would take for the last place.
    /// </summary>
    public void Place(int index)
    {
        if (index < 0)
        {
            Null();
            return;
        }

        index.TryFormat(_text.Extend(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _text.Truncate(_text.Count - LongestNumber + written);
    }

    public void Null() => _text.Append("null"u8);

    /// <summary>JSON as it stands.</summary>
    public void Raw(ReadOnlySpan<byte> json) => _text.Append(json);

    public void String(ReadOnlySpan<byte> text) => JsonText.Quote(text, _text);

    public void Numbers(ReadOnlySpan<float> values)
    {
        BeginArray();
        foreach (float value in values)
        {
            Separate();
            Number(value);
        }

        EndArray();
    }

    public void Places(ReadOnlySpan<int> indices)
    {
        BeginArray();
        foreach (int index in indices)
        {
            Separate();
            Place(index);
        }

        EndArray();
    }

    public void BeginArray()
    {
        _text.Add((byte)'[');
        _first = true;
    }

    public void EndArray()
    {
        _text.Add((byte)']');
        _first = false;
    }

    /// <summary>A comma, unless this is the first item.</summary>
    public void Separate()
    {
        if (!_first)
        {
            _text.Add((byte)',');
        }

        _first = false;
    }
}

using System.Globalization;

namespace SoftBoN.Kernels.Plots.Tables;

/// <summary>What a column holds.</summary>
internal enum CellKind
{
    /// <summary>A word or a name.</summary>
    Text,

    /// <summary>A double; NaN is a value that does not exist.</summary>
    Number,

    /// <summary>A 64-bit integer.</summary>
    Integer,
}

/// <summary>One value of a table.</summary>
internal readonly record struct Cell
{
    private readonly string? _text;
    private readonly double _number;
    private readonly long _integer;

    private Cell(CellKind kind, string? text, double number, long integer)
    {
        Kind = kind;
        _text = text;
        _number = number;
        _integer = integer;
    }

    public CellKind Kind { get; }

    public string Text => Kind == CellKind.Text ? _text! : throw Wrong(CellKind.Text);

    public double Number => Kind == CellKind.Number ? _number : throw Wrong(CellKind.Number);

    public long Integer => Kind == CellKind.Integer ? _integer : throw Wrong(CellKind.Integer);

    public static implicit operator Cell(string text) => new(CellKind.Text, text, 0, 0);

    public static implicit operator Cell(double number) => new(CellKind.Number, null, number, 0);

    public static implicit operator Cell(long integer) => new(CellKind.Integer, null, 0, integer);

    public static implicit operator Cell(int integer) => new(CellKind.Integer, null, 0, integer);

    /// <summary>The value with all its digits; nothing for a number that does not exist.</summary>
    public override string ToString() => Kind switch
    {
        CellKind.Text => _text!,
        CellKind.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        _ => NumberText.Exact(_number),
    };

    private InvalidOperationException Wrong(CellKind asked) => new($"the cell holds {Kind}, not {asked}");
}

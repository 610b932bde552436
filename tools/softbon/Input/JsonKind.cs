namespace SoftBoN.Tool.Input;

/// <summary>What a JSON value is, with the three non-numbers that Python and JavaScript programs write.</summary>
internal enum JsonKind : byte
{
    Text,
    Number,
    NaN,
    PositiveInfinity,
    NegativeInfinity,
    Null,
    True,
    False,
    Object,
    Array,
}

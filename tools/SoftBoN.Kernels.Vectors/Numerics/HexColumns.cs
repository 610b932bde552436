using System.Globalization;
using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Numerics;

/// <summary>Lines of 32-bit words in hexadecimal, by columns.</summary>
internal static class HexColumns
{
    private const uint AnyNaN = 0x7fc00000;

    public static uint[] Column(IReadOnlyList<string> lines, int column) =>
        [.. lines.Select(line => SpecText.ToWord(line.Split(' ')[column]))];

    public static string Line(params ReadOnlySpan<uint> words) => BitLine.Format(words, isInteger: false);

    /// <summary>
    /// Lines of one float each. Which NaN a function returns is not part of the contract; all are written alike.
    /// </summary>
    public static string[] Lines(float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? AnyNaN : BitConverter.SingleToUInt32Bits(value)).Select(Word)];

    public static string Word(uint value) => value.ToString("x8", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;

namespace SoftBoN.Kernels.Vectors.Data;

/// <summary>
/// Output bits as one line of a vector file: all of them where they are few, otherwise the first ones, how many more
/// there
/// are, and the hash of all. Two lines are equal exactly where the bits are.
/// </summary>
internal static class BitLine
{
    private const int Whole = 16;
    private const int First = 4;

    /// <summary>Writes a line.</summary>
    /// <param name="bits">The values' bits.</param>
    /// <param name="isInteger">Whether they are signed integers, which are written in decimal.</param>
    public static string Format(ReadOnlySpan<uint> bits, bool isInteger)
    {
        var line = new StringBuilder();
        ReadOnlySpan<uint> shown = bits.Length <= Whole ? bits : bits[..First];
        foreach (uint value in shown)
        {
            line.Append(line.Length > 0 ? " " : "").Append(Word(value, isInteger));
        }

        if (shown.Length < bits.Length)
        {
            line.Append(CultureInfo.InvariantCulture, $" +{bits.Length - shown.Length} #{Fnv1a.Of(bits):x16}");
        }

        return line.ToString();
    }

    public static string Word(uint value, bool isInteger) => isInteger
        ? ((int)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("x8", CultureInfo.InvariantCulture);
}

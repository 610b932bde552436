using System.Text;

namespace SoftBoN.Tool.Input;

/// <summary>
/// Numbers as CSV writers spell them: an empty field is a missing value, non-finite ones come in any case.
/// </summary>
internal static class CsvNumber
{
    /// <exception cref="LineException">No number, or one beyond float32.</exception>
    public static float Read(ReadOnlySpan<byte> field, string column)
    {
        ReadOnlySpan<byte> number = field.Trim((byte)' ');
        if (number.IsEmpty)
        {
            return float.NaN;
        }

        ReadOnlySpan<byte> unsigned = number[0] == '+' ? number[1..] : number;
        if (TryNonFinite(unsigned, out float value))
        {
            return value;
        }

        int at = 0;
        value = FloatText.Read(unsigned, ref at);
        return at == unsigned.Length
            ? value
            : throw new LineException($"{column} is {JsonText.Show(number)}; it has to be a number");
    }

    private static bool TryNonFinite(ReadOnlySpan<byte> number, out float value)
    {
        bool negative = number.StartsWith("-"u8);
        ReadOnlySpan<byte> word = negative ? number[1..] : number;
        value = float.NaN;
        if (Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8))
        {
            value = negative ? float.NegativeInfinity : float.PositiveInfinity;
            return true;
        }

        return Ascii.EqualsIgnoreCase(word, "nan"u8);
    }
}

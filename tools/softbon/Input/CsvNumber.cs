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

        int start = 0;
        int at = 0;
        return FloatText.TrySkip(unsigned, ref at) && at == unsigned.Length
            ? FloatText.Read(unsigned, ref start)
            : throw new LineException(
                $"{column} is {JsonText.Show(number)}, which is no number; write it like -1.5e-3");
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

using System.Globalization;

namespace SoftBoN.Tool.Input;

/// <summary>
/// Numbers as JSON writes them, read straight into float32 with one correct rounding. A detour through double would
/// round twice and be off by one in the last place now and then.
/// </summary>
internal static class FloatText
{
    private const int ExactDigits = 15;
    private const int ExactPower = 22;
    private const ulong MidpointBits = 1UL << 28;
    private const ulong DroppedBits = (1UL << 29) - 1;

    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the number at <paramref name="at"/> and moves behind it.</summary>
    /// <exception cref="LineException">No number, or one beyond float32.</exception>
    public static float Read(ReadOnlySpan<byte> line, ref int at)
    {
        int start = at;
        Shape shape = Scan(line, ref at);
        return TryExact(shape, out float value) ? value : ReadSlowly(line[start..at]);
    }

    /// <summary>Moves behind the number at <paramref name="at"/>.</summary>
    /// <exception cref="LineException">There is no number.</exception>
    public static void Skip(ReadOnlySpan<byte> line, ref int at) => Scan(line, ref at);

    /// <summary>Moves behind the number at <paramref name="at"/>, if there is one.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> line, ref int at) => TryScan(line, ref at, out _);

    /// <summary>The three texts that stand for non-numbers.</summary>
    public static bool TryNonFinite(ReadOnlySpan<byte> text, out float value)
    {
        value = text.SequenceEqual("Infinity"u8) ? float.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) ? float.NegativeInfinity
            : float.NaN;
        return !float.IsNaN(value) || text.SequenceEqual("NaN"u8);
    }

    private static Shape Scan(ReadOnlySpan<byte> line, ref int at)
    {
        int start = at;
        return TryScan(line, ref at, out Shape shape) ? shape : throw new LineException(
            $"{JsonText.Show(line[start..])} at byte {start + 1} is no JSON number; write it like -1.5e-3");
    }

    private static bool TryScan(ReadOnlySpan<byte> line, ref int at, out Shape shape)
    {
        shape = default;
        shape.Negative = at < line.Length && line[at] == '-';
        at += shape.Negative ? 1 : 0;
        int whole = at;
        Digits(line, ref at, ref shape);
        bool fits = at > whole && !(at - whole > 1 && line[whole] == '0');
        if (fits && at < line.Length && line[at] == '.')
        {
            int fraction = ++at;
            Digits(line, ref at, ref shape);
            shape.Exponent = fraction - at;
            fits = at > fraction;
        }

        if (fits && at < line.Length && line[at] is (byte)'e' or (byte)'E')
        {
            fits = Exponent(line, ref at, ref shape);
        }

        return fits;
    }

    private static void Digits(ReadOnlySpan<byte> line, ref int at, ref Shape shape)
    {
        ulong digits = shape.Digits;
        int first = at;
        while (at < line.Length && (uint)(line[at] - '0') <= 9)
        {
            digits = (digits * 10) + (uint)(line[at++] - '0');
        }

        shape.Digits = digits;
        shape.Count += at - first;
    }

    private static bool Exponent(ReadOnlySpan<byte> line, ref int at, ref Shape shape)
    {
        at++;
        bool negative = at < line.Length && line[at] == '-';
        if (negative || (at < line.Length && line[at] == '+'))
        {
            at++;
        }

        int first = at;
        int exponent = 0;
        while (at < line.Length && (uint)(line[at] - '0') <= 9)
        {
            exponent = Math.Min((exponent * 10) + (line[at++] - '0'), 1 << 20);
        }

        shape.Exponent += negative ? -exponent : exponent;
        return at > first;
    }

    /// <summary>
    /// Up to 15 digits and a power of ten up to 10^22 are exact in double, so their quotient or product is rounded
    /// once. Rounding that to float is then right too, unless the double lies exactly between two floats: it may have
    /// got there by its own rounding. Neither float's subnormals (below 10^-37) nor its overflow (10^38) are in reach.
    /// </summary>
    private static bool TryExact(in Shape shape, out float value)
    {
        value = 0;
        if (shape.Count > ExactDigits || Math.Abs(shape.Exponent) > ExactPower)
        {
            return false;
        }

        double exact = shape.Exponent < 0
            ? shape.Digits / Powers[-shape.Exponent]
            : shape.Digits * Powers[shape.Exponent];
        ulong dropped = BitConverter.DoubleToUInt64Bits(exact) & DroppedBits;
        value = (float)(shape.Negative ? -exact : exact);
        return dropped != MidpointBits;
    }

    private static float ReadSlowly(ReadOnlySpan<byte> number)
    {
        float value = float.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return float.IsFinite(value)
            ? value
            : throw new LineException(
                $"{JsonText.Show(number)} is beyond float32's largest, 3.4028235E+38; scale it, or write Infinity");
    }

    private struct Shape
    {
        public bool Negative;
        public ulong Digits;
        public int Count;
        public int Exponent;
    }
}

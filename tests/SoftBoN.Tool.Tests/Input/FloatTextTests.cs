using System.Globalization;
using System.Text;
using CsCheck;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests.Input;

public class FloatTextTests
{
    private static float Read(string text)
    {
        int at = 0;
        float value = FloatText.Read(Encoding.ASCII.GetBytes(text), ref at);
        Assert.Equal(text.Length, at);
        return value;
    }

    private static void AssertAsParsed(string text)
    {
        uint expected = BitConverter.SingleToUInt32Bits(float.Parse(text, CultureInfo.InvariantCulture));
        Assert.True(expected == BitConverter.SingleToUInt32Bits(Read(text)), text);
    }

    [Theory]
    [InlineData("0", 0f)]
    [InlineData("-1.5e-3", -1.5e-3f)]
    [InlineData("1E+2", 100f)]
    [InlineData("0.732832", 0.732832f)]
    [InlineData("3.4028235e38", float.MaxValue)]
    [InlineData("1e-45", float.Epsilon)]
    [InlineData("1e-999", 0f)]
    [InlineData("0e999", 0f)]
    public void Numbers_are_read(string text, float expected) => Assert.Equal(expected, Read(text));

    [Fact]
    public void Minus_zero_keeps_its_sign() => Assert.True(float.IsNegative(Read("-0.0")));

    /// <summary>1 + 2^-24 + 2^-60: through double it lands on the midpoint and would round down to 1.</summary>
    [Fact]
    public void A_number_just_above_a_midpoint_is_rounded_once() =>
        Assert.Equal(1.0000001192092896f, Read("1.000000059604644775390625000000000000000001"));

    /// <summary>
    /// Fifteen digits of the midpoint between two floats: the nearest double is often the midpoint itself, while the
    /// text lies on one side of it.
    /// </summary>
    [Fact]
    public void Short_texts_next_to_midpoints_are_rounded_once() =>
        Gen.Select(Gen.Int[0, (1 << 23) - 1], Gen.Int[-26, 60]).Sample(
            (fraction, exponent) =>
            {
                double midpoint = Math.ScaleB(1 + ((fraction + 0.5) / (1 << 23)), exponent);
                AssertAsParsed(midpoint.ToString("E14", CultureInfo.InvariantCulture));
            },
            iter: 20_000);

    [Fact]
    public void Shortest_texts_of_all_kinds_of_floats_come_back() =>
        Gen.UInt.Sample(
            bits =>
            {
                float value = BitConverter.UInt32BitsToSingle(bits);
                if (float.IsFinite(value))
                {
                    string text = value.ToString("R", CultureInfo.InvariantCulture);
                    Assert.Equal(bits, BitConverter.SingleToUInt32Bits(Read(text)));
                }
            },
            iter: 100_000);

    [Fact]
    public void Random_texts_are_rounded_as_the_runtime_rounds_them() =>
        Gen.Select(Gen.ULong[0, 999_999_999_999_999_999], Gen.Int[-30, 20], Gen.Bool).Sample(
            (digits, exponent, negative) =>
            {
                string sign = negative ? "-" : "";
                AssertAsParsed(string.Create(
                    CultureInfo.InvariantCulture, $"{sign}{digits / 1000}.{digits % 1000:000}e{exponent}"));
            },
            iter: 100_000);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("01")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("x")]
    public void What_json_does_not_call_a_number_is_refused(string text) =>
        Assert.Throws<LineException>(() => Read(text));

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("3.5e38")]
    [InlineData("340282360000000000000000000000000000000")]
    public void A_number_beyond_float32_is_refused_and_not_made_infinite(string text)
    {
        var fault = Assert.Throws<LineException>(() => Read(text));
        Assert.Contains("3.4028235E+38", fault.Message, StringComparison.Ordinal);
    }
}

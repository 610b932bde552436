using System.Text;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests.Input;

public class LineBufferTests
{
    private static List<string> Lines(byte[] bytes, int most, bool quoted = false, int longest = LineBuffer.LongestLine)
    {
        var buffer = new LineBuffer(new TrickleStream(bytes, most), quoted, longest);
        var lines = new List<string>();
        do
        {
            while (buffer.TryNext(out ReadOnlySpan<byte> line))
            {
                lines.Add($"{buffer.Line}:{(buffer.TooLong ? "too long" : Encoding.UTF8.GetString(line))}");
            }
        }
        while (buffer.Fill());

        return lines;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Lines_do_not_depend_on_how_the_bytes_arrive(int most) => Assert.Equal(
        ["1:a", "2:", "3:b c", "4:d"], Lines("a\n\nb c\r\nd"u8.ToArray(), most));

    [Fact]
    public void A_line_end_at_the_end_is_no_further_line() => Assert.Equal(["1:a"], Lines("a\n"u8.ToArray(), 10));

    [Fact]
    public void An_empty_input_has_no_lines() => Assert.Empty(Lines([], 10));

    [Fact]
    public void A_byte_order_mark_is_dropped_at_the_start_only()
    {
        byte[] mark = [0xEF, 0xBB, 0xBF];
        Assert.Equal(["1:a", "2:\uFEFFb"], Lines([.. mark, (byte)'a', (byte)'\n', .. mark, (byte)'b'], 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_line_that_is_too_long_is_skipped_and_the_next_ones_are_read(int most)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("ab\n" + new string('x', 100) + "\ncd\n");
        Assert.Equal(["1:ab", "2:too long", "3:cd"], Lines(bytes, most, longest: 16));
    }

    [Fact]
    public void A_line_longer_than_the_first_buffer_is_kept_whole()
    {
        string text = new('x', 1 << 20);
        Assert.Equal(["1:" + text, "2:y"], Lines(Encoding.UTF8.GetBytes(text + "\ny"), 1 << 16));
    }

    /// <summary>Twelve bytes end between the two quotes of a doubled quote.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(1000)]
    public void A_quoted_field_may_hold_line_ends_and_doubled_quotes(int most) => Assert.Equal(
        ["1:head", "2:a,\"b\nc\"\"\nd\"", "5:e"],
        Lines("head\na,\"b\nc\"\"\nd\"\ne"u8.ToArray(), most, quoted: true));

    [Fact]
    public void A_quote_inside_a_plain_field_opens_nothing() => Assert.Equal(
        ["1:5\" wide,1", "2:b"], Lines("5\" wide,1\nb"u8.ToArray(), 1, quoted: true));
}

using System.Text;
using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Tests.Input;

/// <summary>Known answers from Python: hashlib.sha256(str(seed).encode() + b"\0" + text.encode()).</summary>
public class RowSeedsTests
{
    [Theory]
    [InlineData(0UL, "", 15272787869476714212UL)]
    [InlineData(42UL, "7", 17680014518622742828UL)]
    [InlineData(42UL, "alpha", 18440337491551628618UL)]
    [InlineData(ulong.MaxValue, "prompt-1", 10776693910210968230UL)]
    [InlineData(42UL, "Zürich ☕", 3302144168221101433UL)]
    [InlineData(1UL, "a\"b", 6280453202899121493UL)]
    public void A_seed_comes_from_sha256_of_seed_zero_and_text(ulong seed, string text, ulong expected) =>
        Assert.Equal(expected, new RowSeeds(seed).Of(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_long_text_counts_to_its_end() =>
        Assert.Equal(5418797879180441933UL, new RowSeeds(42).Of(Encoding.UTF8.GetBytes(new string('x', 300))));

    [Theory]
    [InlineData("", 1120186595u)]
    [InlineData("a", 310482890u)]
    [InlineData("cand-1", 332260721u)]
    [InlineData("é", 2119539018u)]
    public void An_element_comes_from_sha256_of_the_candidates_id(string text, uint expected) =>
        Assert.Equal(expected, RowSeeds.Element(Encoding.UTF8.GetBytes(text)));
}

namespace SoftBoN.CheckPtx.Tests;

/// <summary>Figures that get worse are found; small changes and better figures are not.</summary>
public sealed class GoldenFiguresTests
{
    private static readonly KernelFigures Committed = new("Tilt", "sm_90", 64, 4096, 1000, 128, 400, 64);

    [Theory]
    [InlineData(67, 4096, 1000, 128, 400, 64, "registers 64 -> 67")]
    [InlineData(64, 4100, 1000, 128, 400, 64, "shared bytes 4096 -> 4100")]
    [InlineData(64, 4096, 1031, 128, 400, 64, "instructions 1000 -> 1031")]
    [InlineData(64, 4096, 1000, 32, 400, 64, "widest load 128 -> 32 bits")]
    [InlineData(64, 4096, 1000, 128, 413, 64, "main part 400 instructions for 64 bytes -> 413 for 64")]
    [InlineData(64, 4096, 1000, 128, 400, 32, "main part 400 instructions for 64 bytes -> 400 for 32")]
    public void A_worse_figure_is_found(
        int registers, int shared, int instructions, int load, int main, int bytes, string worse)
    {
        KernelFigures now = new("Tilt", "sm_90", registers, shared, instructions, load, main, bytes);
        Finding finding = Assert.Single(Golden().Compare([now]));
        Assert.Equal(("worse than committed", worse), (finding.Rule, finding.Evidence));
    }

    [Theory]
    [InlineData(66, 4096, 1030, 128, 412, 64)]
    [InlineData(40, 0, 500, 128, 200, 64)]
    [InlineData(64, 4096, 1000, 128, 800, 128)]
    public void A_small_change_or_a_better_figure_is_not(
        int registers, int shared, int instructions, int load, int main, int bytes) =>
        Assert.Empty(Golden().Compare([new("Tilt", "sm_90", registers, shared, instructions, load, main, bytes)]));

    [Fact]
    public void A_kernel_without_figures_and_figures_without_a_kernel_are_found()
    {
        string[] rules = [.. Golden().Compare([Committed with { Target = "sm_80" }]).Select(finding => finding.Rule)];
        Assert.Equal(["has no committed figures", "is committed but not there"], rules);
    }

    [Fact]
    public void The_file_reads_back_as_it_was_written()
    {
        GoldenFigures read = GoldenFigures.Parse(Golden().ToString());
        Assert.Equal("12.4.131", read.ToolVersion);
        Assert.Equal([Committed], read.Figures);
    }

    private static GoldenFigures Golden() => new("12.4.131", [Committed]);
}

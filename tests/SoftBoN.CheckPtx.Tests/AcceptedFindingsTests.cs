namespace SoftBoN.CheckPtx.Tests;

/// <summary>What is accepted is accepted for its kernel, target and rule alone, and only while it is there.</summary>
public sealed class AcceptedFindingsTests
{
    private const string List = "# comment\nTilt.*\tPTX\ta division\tonce a row\nPick\tsm_90\tregisters\touter loop\n";

    [Theory]
    [InlineData("Tilt.Warp", "PTX", "a division: shift", "once a row")]
    [InlineData("Pick", "sm_90", "registers are spilled", "outer loop")]
    [InlineData("Tilt.Warp", "OpenCL", "a division: shift", null)]
    [InlineData("Tilt.Warp", "PTX", "a call", null)]
    [InlineData("Pick.Warp", "sm_90", "registers are spilled", null)]
    public void A_reason_holds_for_its_finding(string kernel, string target, string rule, string? reason) =>
        Assert.Equal(reason, new AcceptedFindings(List).ReasonFor(new(kernel, target, rule, "")));

    [Fact]
    public void An_entry_that_nothing_needs_is_found()
    {
        Finding unused = Assert.Single(new AcceptedFindings(List).Unused([new("Tilt.A", "PTX", "a division: shift", "")]));
        Assert.Equal(("Pick", "sm_90"), (unused.Kernel, unused.Target));
    }

    [Theory]
    [InlineData("Tilt.*\tPTX\ta division\t")]
    [InlineData("Tilt.*\tPTX\ta division")]
    public void An_entry_without_a_reason_is_refused(string text) =>
        Assert.Throws<FormatException>(() => new AcceptedFindings(text));
}

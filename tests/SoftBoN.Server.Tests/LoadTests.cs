using SoftBoN.Server.Load;

namespace SoftBoN.Server.Tests;

public sealed class LoadTests
{
    [Fact]
    public async Task Under_load_every_answer_is_the_references()
    {
        using var output = new StringWriter();
        Assert.True(await HttpLoad.Run(16, TimeSpan.FromSeconds(2), output), output.ToString());
        Assert.True(await BatcherLoad.Run(64, TimeSpan.FromSeconds(3), output), output.ToString());
        Assert.Contains("| live KiB | resident MiB |", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_that_goes_wrong_is_seen()
    {
        LoadRun run = await LoadRun.Measure(2, TimeSpan.FromMilliseconds(50), (client, i) => client == 0
            ? Task.FromResult(false)
            : Task.FromException<bool>(new InvalidOperationException()));
        Assert.True(run.Wrong > 0 && run.Errors > 0);
        Assert.False(run.IsRight);
    }

    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--clients")]
    [InlineData("--speed", "1")]
    [InlineData("--device", "simd")]
    [InlineData("--device")]
    public async Task Options_that_there_are_not_are_refused(params string[] args) =>
        Assert.Equal(2, await LoadCommand.Run(args));
}

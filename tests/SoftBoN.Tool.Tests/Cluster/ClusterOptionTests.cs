namespace SoftBoN.Tool.Tests.Cluster;

/// <summary>What is wrong with a cluster, or with how it is asked for, is said in one line with the cure.</summary>
public sealed class ClusterOptionTests
{
    /// <summary>A line to work on.</summary>
    internal const string Prompt = """{"id":1,"rewards":[0.2,0.9]}""";

    [Theory]
    [InlineData("--cluster localhost:0", "--cluster localhost:0 has no port")]
    [InlineData("--cluster localhost:99999", "1 to 65535")]
    [InlineData("--cluster ,", "--cluster names nobody")]
    [InlineData("--cluster no-such-host.invalid", "the host is not known")]
    [InlineData("--cluster localhost --device simd", "drop one")]
    [InlineData("--cluster-id other", "name silos with --cluster")]
    [InlineData("--cluster localhost --max-message 0", "1 to 1024")]
    public void Clients(string options, string says) => Refused(Tool.Select(Prompt, options.Split(' ')), says);

    [Theory]
    [InlineData("--join 10.0.0.1", "--address here and there")]
    [InlineData("--port 23456 --gateway-port 23456", "both 23456")]
    [InlineData("--clustering redis", "SOFTBON_CLUSTER_CONNECTION")]
    [InlineData("--clustering redis --connection a --join localhost", "drop it")]
    [InlineData("--connection a", "--clustering redis or ado.net")]
    [InlineData("--clustering zookeeper", "localhost, redis, ado.net")]
    [InlineData("--address no-such-host.invalid", "the host is not known")]
    [InlineData("--parts-at-once 257", "1 to 256")]
    public void SilosThatCannotBe(string options, string says) =>
        Refused(Tool.Run("", ["cluster", "run", .. options.Split(' ')]), says);

    /// <summary>One line of error, and no output.</summary>
    internal static void Refused(ToolResult result, string says)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(result.Output);
    }
}

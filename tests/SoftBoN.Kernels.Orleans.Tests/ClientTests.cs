namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Which silo a client takes, and what it refuses.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task SilosOfAnotherVersionAreNotUsedAndAloneTheyAreRefused()
    {
        await using (TestSilos others = await TestSilos.Start(1, (_, options) => options.Pretend = OfOtherVersion))
        {
            var fault = await Assert.ThrowsAsync<VersionSkewException>(() => others.Connect());
            Assert.Equal(("0/0.0.1", KernelVersion.Current), (fault.SiloVersion, fault.ClientVersion));
            Assert.Contains("0/0.0.1", fault.Message, StringComparison.Ordinal);
        }

        string? other = null;
        await using TestSilos mixed = await TestSilos.Start(2, (name, options) =>
        {
            other ??= name;
            options.Pretend = name == other ? OfOtherVersion : null;
        });
        using ClusterKernels kernels = await mixed.Connect(new() { PartBytes = 1 << 12 });
        using var local = SoftBonEngine.CreateHost();
        var batch = new Batch(1, 1000);
        Assert.Equal(batch.Select(local, 0), batch.Select(kernels.Engine, 0));
        Assert.DoesNotContain(other!, mixed.Parts.Keys);
    }

    [Fact]
    public async Task RowsThatAreLargerThanAMessageAreRefused()
    {
        await using TestSilos silos = await TestSilos.Start(1, (_, options) => options.MaxMessageBytes = 1 << 20);
        float[] rewards = new float[1 << 20];
        int[] index = new int[1];
        using (ClusterKernels kernels = await silos.Connect(new() { MaxMessageBytes = 1 << 21 }))
        {
            var fault = Assert.Throws<MessageTooLargeException>(() =>
                kernels.Engine.Select(rewards, Rows.Dense(1, 1 << 20), new() { Lambda = 1f, Seed = 1 }, index));
            Assert.Equal(1 << 21, fault.Limit);
            Assert.InRange(fault.Bytes, 1 << 22, (1 << 22) + 1000);
            Assert.Contains("Row 0", fault.Message, StringComparison.Ordinal);
        }

        Assert.Empty(silos.Parts);
        using ClusterKernels allowing = await silos.Connect();
        var refused = Assert.Throws<ClusterException>(() =>
            allowing.Engine.Select(rewards, Rows.Dense(1, 1 << 20), new() { Lambda = 1f, Seed = 1 }, index));
        Assert.Contains("MaxMessageBytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASiloWithAFreeGpuIsPreferred()
    {
        string? gpu = null;
        await using TestSilos silos = await TestSilos.Start(3, (name, options) =>
        {
            gpu ??= name;
            options.Pretend = name == gpu ? state => state with { IsGpu = true, Backend = "cuda" } : null;
        });
        using ClusterKernels kernels = await silos.ConnectToAll(3);
        for (int i = 0; i < 8; i++)
        {
            kernels.Engine.Select([1f, 2f], Rows.Dense(1, 2), new() { Lambda = 1f, Seed = 1 }, new int[1]);
        }

        Assert.Equal(8, silos.Parts[gpu!]);
        Assert.Equal("cuda", kernels.Silos.Single(silo => silo.IsGpu).Backend);
    }

    [Fact]
    public async Task WithoutAClusterConnectingFailsAndSaysForHowLongItLooked()
    {
        var options = new ClusterKernelsOptions { Patience = TimeSpan.FromMilliseconds(200) };
        var fault = await Assert.ThrowsAsync<SiloUnavailableException>(
            () => ClusterKernels.ConnectAsync(new Nobody(), options, default).WaitAsync(TestSilos.Patience));
        Assert.Contains("0.2 s", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1 << 20, 1, 1)]
    [InlineData(1 << 20, 1, 1, 1)]
    [InlineData(1 << 20, 1 << 20, 0, 1)]
    [InlineData(1 << 20, 1 << 20, 1, 0)]
    public async Task OptionsOutOfRangeAreRefused(int partBytes, int messageBytes, int inFlight, int patience) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ClusterKernels.ConnectAsync(
            new Nobody(),
            new ClusterKernelsOptions
            {
                PartBytes = partBytes,
                MaxMessageBytes = messageBytes,
                MaxPartsInFlight = inFlight,
                Patience = TimeSpan.FromSeconds(patience),
            },
            default));

    private static SiloState OfOtherVersion(SiloState state) => state with { Version = "0/0.0.1" };

    /// <summary>A cluster without silos.</summary>
    private sealed class Nobody : IKernelCluster
    {
        public Task<SiloState> Report(long key) => throw new SiloUnavailableException("nobody is there");

        public Task<PartReply> Run(long key, PartRequest request) => throw new SiloUnavailableException("nobody is there");
    }
}

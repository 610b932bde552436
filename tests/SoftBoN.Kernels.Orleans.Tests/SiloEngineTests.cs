using System.Diagnostics.Metrics;

namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>A silo's engine by itself.</summary>
public sealed class SiloEngineTests
{
    [Fact]
    public async Task PartsThatWaitWhenASiloEndsAreTold()
    {
        var began = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        using SiloEngine silo = Silo(options =>
        {
            options.PartsAtOnce = 1;
            options.BeforePart = _ =>
            {
                began.TrySetResult();
                return release.Task;
            };
        });
        Task<PartReply> working = silo.Run(Request());
        await began.Task.WaitAsync(TestSilos.Patience);
        Task<PartReply>[] waiting = [silo.Run(Request()), silo.Run(Request())];
        Assert.Equal(3, silo.State.Parts);
        silo.Stop();
        foreach (Task<PartReply> part in waiting)
        {
            await Assert.ThrowsAsync<SiloUnavailableException>(() => part.WaitAsync(TestSilos.Patience));
        }

        release.SetResult();
        Assert.Equal(PartFault.None, (await working.WaitAsync(TestSilos.Patience)).Fault);
        Assert.Equal(0, silo.State.Parts);
    }

    [Fact]
    public async Task PartsOfOtherVersionsAndLargeOnesAreRefused()
    {
        using SiloEngine silo = Silo(options => options.MaxMessageBytes = 1 << 16);
        PartReply other = await silo.Run(new PartRequest { Version = "0/9.9.9" });
        Assert.Equal(PartFault.Version, other.Fault);
        Assert.Equal(KernelVersion.Current, other.Silo.Version);
        PartReply large = await silo.Run(
            new PartRequest { Version = KernelVersion.Current, Payload = new byte[(1 << 16) + 1] });
        Assert.Equal(PartFault.TooLarge, large.Fault);
        Assert.Contains("65537", large.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedMessagesAreRefusedAndTheSiloGoesOn()
    {
        using SiloEngine silo = Silo();
        PartRequest whole = Request();
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] payload = [.. whole.Payload];
            int place = random.Next(payload.Length);
            payload[place] ^= (byte)random.Next(1, 256);
            payload = i % 3 == 0 ? payload[..random.Next(payload.Length)] : payload;
            PartReply reply = await silo.Run(new PartRequest { Version = KernelVersion.Current, Payload = payload });
            Assert.True(reply.Fault is PartFault.None or PartFault.Failed, reply.Message);
        }

        Assert.Equal((await silo.Run(whole)).Payload, (await silo.Run(Request())).Payload);
    }

    [Fact]
    public async Task UnknownOperationsAreRefused()
    {
        using SiloEngine silo = Silo();
        PartReply reply = await silo.Run(
            new PartRequest { Version = KernelVersion.Current, Operation = (PartOperation)99 });
        Assert.Equal(PartFault.Failed, reply.Fault);
        Assert.Contains("99", reply.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1 << 20)]
    [InlineData(257, 1 << 20)]
    [InlineData(1, 1000)]
    public void OptionsOutOfRangeAreRefused(int partsAtOnce, int maxMessageBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SiloKernelsOptions
        {
            PartsAtOnce = partsAtOnce,
            MaxMessageBytes = maxMessageBytes,
        }.Check());

    [Fact]
    public async Task PartsAreMeasuredBySiloDeviceAndOperation()
    {
        string name = $"measured {Guid.NewGuid()}";
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == "SoftBoN.Kernels.Orleans")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        using SiloEngine silo = Silo(name: name);
        await silo.Run(Request());
        Assert.Contains("softbon.silo.parts Select None", seen);
        Assert.Contains("softbon.silo.part.duration Select ", seen);
        Assert.Contains("softbon.silo.part.wait Select ", seen);
        Assert.Equal(2, seen.Count(line => line.StartsWith("softbon.silo.bytes Select", StringComparison.Ordinal)));

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> named = new(tags.ToArray());
            lock (seen)
            {
                if (name.Equals(named.GetValueOrDefault("softbon.silo")) && named.ContainsKey("softbon.device"))
                {
                    seen.Add($"{instrument.Name} {named["softbon.operation"]} {named.GetValueOrDefault("softbon.outcome")}");
                }
            }
        }
    }

    private static SiloEngine Silo(Action<SiloKernelsOptions>? configure = null, string name = "alone")
    {
        var options = new SiloKernelsOptions
        {
            Engine = new SoftBonOptions { Backend = SoftBonBackend.Simd, MaxDegreeOfParallelism = 1 },
        };
        configure?.Invoke(options);
        return new SiloEngine(options, name, null, null);
    }

    /// <summary>What a client sends for three rows of a selection.</summary>
    private static PartRequest Request()
    {
        var cluster = new RecordingCluster();
        using ClusterKernels kernels = ClusterKernels.ConnectAsync(cluster, null, default).GetAwaiter().GetResult();
        Assert.Throws<ClusterException>(() => kernels.Engine.Select(
            [0.1f, 2.0f, 1.9f, -1.0f, 0.3f, 0.2f],
            Rows.Ragged([0, 2, 2, 6]),
            new() { Lambda = new[] { 1f, 0.5f, 0f }, Seed = 42 },
            new int[3]));
        return cluster.Request!;
    }

    /// <summary>Keeps what it is asked.</summary>
    private sealed class RecordingCluster : IKernelCluster
    {
        public PartRequest? Request { get; private set; }

        public Task<SiloState> Report(long key) => Task.FromResult(new SiloState { Version = KernelVersion.Current });

        public Task<PartReply> Run(long key, PartRequest request)
        {
            Request = request;
            return Task.FromResult(new PartReply
            {
                Silo = new SiloState { Version = KernelVersion.Current },
                Fault = PartFault.Failed,
            });
        }
    }
}

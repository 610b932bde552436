using Microsoft.Extensions.DependencyInjection;

namespace SoftBoN.Kernels.Hosting.Tests.Batching;

public sealed class TiltBatcherTests
{
    private const int Vocabulary = 70;
    private const int Requests = 20;
    private const int Few = 6;
    private const int Broken = 4;
    private const int OutOfRange = 9;

    /// <summary>For what would hang: ILGPU's CPU accelerator takes minutes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly TiltShape Shape = new(Vocabulary, 4, TokenNoise.PerBlock);

    /// <summary>Nobody waits for time: the batch that holds them all runs when it is full.</summary>
    private static BatcherOptions OneBatch => new() { MaxBatchRows = Requests, MaxDelay = TimeSpan.FromMinutes(1) };

    public static TheoryData<SoftBonBackend> Devices => BatcherDevices.All;

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Tokens_are_those_of_each_request_alone_bit_for_bit(SoftBonBackend backend)
    {
        using SoftBonEngine reference = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });
        using SoftBonEngine engine = BatcherDevices.Make(backend);
        await using var batcher = new TiltBatcher(engine, Vocabulary, OneBatch, Shape.Proposals);
        TiltRequest[] requests = [.. Enumerable.Range(0, Requests).Select(Request)];
        TiltedToken[] tokens = await Task.WhenAll(
            requests.Select(request => batcher.TiltAsync(request))).WaitAsync(Patience);
        Assert.Equal(1, batcher.Counts.Batches);
        TiltedToken[] expected = new TiltOperation(reference, Shape).Run(requests);
        for (int i = 0; i < Requests; i++)
        {
            AssertSame(expected[i], tokens[i]);
            Assert.Equal(i is Broken or OutOfRange, tokens[i].Status != RowStatus.Ok);
            Assert.Equal(i is Broken or OutOfRange, tokens[i].Token == -1);
        }
    }

    [Fact]
    public async Task On_the_processor_a_request_waits_for_nobody()
    {
        using SoftBonEngine reference = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var batcher = new TiltBatcher(engine, Vocabulary, OneBatch, Shape.Proposals);
        for (int id = 0; id < Requests; id++)
        {
            Task<TiltedToken> token = batcher.TiltAsync(Request(id));
            Assert.True(token.IsCompletedSuccessfully);
            AssertSame(new TiltOperation(reference, Shape).Run([Request(id)])[0], await token);
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => batcher.TiltAsync(Request(0), null, cancelled.Token));
        await batcher.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.TiltAsync(Request(0)));
        Assert.Equal(new BatcherCounts(Requests + 2, Requests, 0, 1, 0, 1, Requests), batcher.Counts);
    }

    [Fact]
    public async Task A_request_that_is_given_up_on_leaves_the_others_their_tokens()
    {
        using SoftBonEngine engine = BatcherDevices.Make(SoftBonBackend.IlgpuCpu);
        await using var batcher = new TiltBatcher(
            engine, Vocabulary, new() { MaxBatchRows = 3, MaxDelay = TimeSpan.FromMinutes(1) }, Shape.Proposals);
        using var cancellation = new CancellationTokenSource();
        Task<TiltedToken> cancelled = batcher.TiltAsync(Request(0), null, cancellation.Token);
        Task<TiltedToken> expired = batcher.TiltAsync(Request(1), TimeSpan.Zero);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        await Assert.ThrowsAsync<TimeoutException>(() => expired.WaitAsync(Patience));
        int[] others = [2, 3, 5];
        TiltedToken[] tokens = await Task.WhenAll(others.Select(id => batcher.TiltAsync(Request(id)))).WaitAsync(Patience);
        TiltedToken[] expected = new TiltOperation(engine, Shape).Run([.. others.Select(Request)]);
        Assert.All(tokens.Zip(expected), pair => AssertSame(pair.Second, pair.First));
        BatcherCounts counts = batcher.Counts;
        Assert.Equal((5, 3, 1, 1), (counts.Submitted, counts.Completed, counts.Cancelled, counts.Expired));
    }

    [Fact]
    public async Task A_lost_device_ends_each_request_of_its_batch_and_the_next_has_a_fresh_engine()
    {
        var device = new LosableDevice();
        using SoftBonEngine engine = device.Engine();
        BatcherOptions options = OneBatch;
        options.MaxBatchRows = Few;
        options.ReplaceEngine = () => BatcherDevices.Make(SoftBonBackend.IlgpuCpu);
        await using var batcher = new TiltBatcher(engine, Vocabulary, options, Shape.Proposals);
        device.Lose();
        Task<TiltedToken>[] lost = [.. Enumerable.Range(0, Few).Select(id => batcher.TiltAsync(Request(id)))];
        foreach (Task<TiltedToken> request in lost)
        {
            var fault = await Assert.ThrowsAsync<DeviceExecutionException>(() => request.WaitAsync(Patience));
            Assert.False(fault.IsEngineUsable);
        }

        TiltedToken[] tokens = await Task.WhenAll(
            Enumerable.Range(0, Few).Select(id => batcher.TiltAsync(Request(id)))).WaitAsync(Patience);
        Assert.Equal(Few - 1, tokens.Count(token => token.Status == RowStatus.Ok));
        Assert.Equal(new BatcherCounts(2 * Few, Few, Few, 0, 0, 0, 2), batcher.Counts);
    }

    [Theory]
    [InlineData(false, "ReplaceEngine gave no engine that works")]
    [InlineData(true, "no such luck")]
    public async Task Where_no_other_engine_is_to_be_had_a_batch_asks_once_and_each_request_is_told(
        bool throws, string reason)
    {
        var device = new LosableDevice();
        using SoftBonEngine engine = device.Engine();
        int asked = 0;
        BatcherOptions options = OneBatch;
        options.MaxBatchRows = Few;
        options.ReplaceEngine = () =>
        {
            asked++;
            return throws ? throw new InvalidOperationException("no such luck") : engine;
        };
        await using var batcher = new TiltBatcher(engine, Vocabulary, options, Shape.Proposals);
        device.Lose();
        for (int batch = 0; batch < 2; batch++)
        {
            Task<TiltedToken>[] requests = [.. Enumerable.Range(0, Few).Select(id => batcher.TiltAsync(Request(id)))];
            foreach (Task<TiltedToken> request in requests)
            {
                var fault = await Assert.ThrowsAsync<DeviceExecutionException>(() => request.WaitAsync(Patience));
                Assert.False(fault.IsEngineUsable);
                Assert.Equal(batch == 1, fault.Message.Contains(reason, StringComparison.Ordinal));
            }
        }

        Assert.Equal(1, asked);
        Assert.Equal(new BatcherCounts(2 * Few, 0, 2 * Few, 0, 0, 0, 2), batcher.Counts);
    }

    [Fact]
    public async Task Bad_arguments_throw_before_anything_is_queued()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        Assert.Throws<ArgumentOutOfRangeException>(() => new TiltBatcher(engine, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TiltBatcher(engine, 1 << 20, new() { MaxBatchRows = 1 << 20 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TiltBatcher(engine, 9, null, 1025));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TiltBatcher(engine, 9, null, 1, (TokenNoise)7));
        await using var batcher = new TiltBatcher(engine, Vocabulary);
        await Assert.ThrowsAsync<ArgumentNullException>(() => batcher.TiltAsync(null!));
        var logits = await Assert.ThrowsAsync<ArgumentException>(
            () => batcher.TiltAsync(new() { Logits = new float[69], Seed = 1, Position = 1 }));
        Assert.Contains("Logits has 69 values and 70 are needed", logits.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => batcher.TiltAsync(
            new() { Logits = new float[Vocabulary], Rewards = new float[3], Seed = 1, Position = 1 }));
        await Assert.ThrowsAsync<ArgumentException>(() => batcher.TiltAsync(
            new() { Logits = new float[Vocabulary], Mask = new uint[2], Seed = 1, Position = 1 }));
        Assert.Equal(0, batcher.Counts.Submitted);
    }

    [Fact]
    public async Task A_container_ends_the_batcher_before_the_engine()
    {
        var services = new ServiceCollection();
        services.AddLogging()
            .AddSoftBonKernels(options => options.Backend = SoftBonBackend.IlgpuCpu)
            .AddSoftBonTiltBatcher(Vocabulary, new() { MaxBatchRows = 2, MaxDelay = TimeSpan.FromMinutes(1) });
        ServiceProvider provider = services.BuildServiceProvider();
        TiltBatcher batcher = provider.GetRequiredService<TiltBatcher>();
        Task<TiltedToken>[] requests = [batcher.TiltAsync(Request(0)), batcher.TiltAsync(Request(1))];
        await provider.DisposeAsync();
        TiltedToken[] tokens = await Task.WhenAll(requests).WaitAsync(Patience);
        Assert.All(tokens, token => Assert.Equal(RowStatus.Ok, token.Status));
    }

    private static void AssertSame(TiltedToken expected, TiltedToken actual)
    {
        Assert.Equal((expected.Token, expected.Status), (actual.Token, actual.Status));
        Assert.Equal(Values(expected), Values(actual));

        static int[] Values(TiltedToken token) => [.. new[]
        {
            token.LogProbability, token.BaseLogProbability, token.ModelLogProbability, token.Kl,
        }.Select(BitConverter.SingleToInt32Bits)];
    }

    /// <summary>Every mode and truncation, with and without rewards and masks; two of them are not sound.</summary>
    private static TiltRequest Request(int id)
    {
        var random = new Random(id);
        float[] logits = [.. Enumerable.Range(0, Vocabulary).Select(_ => 4 * random.NextSingle())];
        float[] rewards = [.. Enumerable.Range(0, Vocabulary).Select(_ => random.NextSingle())];
        logits[3] = id == Broken ? float.NaN : logits[3];
        return new TiltRequest
        {
            Logits = logits,
            Rewards = id % 2 == 0 ? rewards : default(ReadOnlyMemory<float>),
            Mask = id % 5 == 1 ? new uint[] { 0xFFFF0F0F, 0x12345678, 0x3F } : default(ReadOnlyMemory<uint>),
            Seed = (ulong)(id / 2),
            Position = (ulong)id * 3,
            Lambda = id % 4 / 2f,
            Temperature = id == OutOfRange ? -1 : 0.5f + (id % 3 / 2f),
            TopK = id % 6 == 0 ? 20 : 0,
            TopP = id % 6 == 1 ? 0.8f : 1,
            MinP = id % 6 == 2 ? 0.1f : 0,
            TopNSigma = id % 6 == 3 ? 1.5f : float.PositiveInfinity,
            Mode = (TokenTiltMode)(id % 3),
        };
    }
}

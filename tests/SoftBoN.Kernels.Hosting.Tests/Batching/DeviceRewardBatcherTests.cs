namespace SoftBoN.Kernels.Hosting.Tests.Batching;

/// <summary>Scores and picks that are put together on a device, and devices that are lost.</summary>
public sealed class DeviceRewardBatcherTests
{
    private const int Dimension = 70;
    private const int Requests = 8;

    /// <summary>For what would hang: ILGPU's CPU accelerator takes minutes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Nobody waits for time: the batch that holds them all runs when it is full.</summary>
    private static BatcherOptions OneBatch => new()
    {
        MaxBatchRows = Enumerable.Range(0, Requests).Sum(RowsOf),
        MaxDelay = TimeSpan.FromMinutes(1),
    };

    public static TheoryData<SoftBonBackend> Devices => BatcherDevices.All;

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Results_are_those_of_each_request_alone_bit_for_bit(SoftBonBackend backend)
    {
        using SoftBonEngine reference = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });
        using SoftBonEngine engine = BatcherDevices.Make(backend);
        foreach (int heads in new[] { 1, 3 })
        {
            RewardModelHead head = Head(heads);
            await using var batcher = new RewardBatcher(engine, head, OneBatch);
            ScoreInput[] inputs = [.. Enumerable.Range(0, Requests).Select(Input)];
            ScoredPick[] picks = await Task.WhenAll(inputs.Select(input => Send(batcher, input))).WaitAsync(Patience);
            Assert.Equal(1, batcher.Counts.Batches);
            ScoredPick[] expected = new ScoreOperation(reference, head).Run(inputs);
            for (int i = 0; i < Requests; i++)
            {
                AssertSame(expected[i], picks[i]);
            }
        }
    }

    [Fact]
    public async Task A_lost_device_ends_each_request_of_its_batch_with_one_error_and_then_refuses()
    {
        var device = new LosableDevice();
        using SoftBonEngine engine = device.Engine();
        await using var batcher = new RewardBatcher(engine, Head(3), OneBatch);
        device.Lose();
        Task<ScoredPick>[] requests = [.. Enumerable.Range(0, Requests).Select(id => Send(batcher, Input(id)))];
        foreach (Task<ScoredPick> request in requests)
        {
            var fault = await Assert.ThrowsAsync<DeviceExecutionException>(() => request.WaitAsync(Patience));
            Assert.False(fault.IsEngineUsable);
        }

        Assert.Equal(new BatcherCounts(Requests, 0, Requests, 0, 0, 0, 1), batcher.Counts);

        // As many again fill one more batch, and are told that the device failed before.
        requests = [.. Enumerable.Range(0, Requests).Select(id => Send(batcher, Input(id)))];
        foreach (Task<ScoredPick> request in requests)
        {
            var later = await Assert.ThrowsAsync<DeviceExecutionException>(() => request.WaitAsync(Patience));
            Assert.Contains("failed in an earlier call", later.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2 * Requests, batcher.Counts.Failed);
    }

    [Fact]
    public async Task A_fresh_engine_takes_the_place_of_a_lost_one()
    {
        var device = new LosableDevice();
        using SoftBonEngine engine = device.Engine();
        SoftBonEngine? fresh = null;
        BatcherOptions options = OneBatch;
        options.ReplaceEngine = () => fresh = BatcherDevices.Make(SoftBonBackend.IlgpuCpu);
        var batcher = new RewardBatcher(engine, Head(3), options);
        device.Lose();
        Task<ScoredPick>[] lost = [.. Enumerable.Range(0, Requests).Select(id => Send(batcher, Input(id)))];
        foreach (Task<ScoredPick> request in lost)
        {
            await Assert.ThrowsAsync<DeviceExecutionException>(() => request.WaitAsync(Patience));
        }

        ScoredPick[] picks = await Task.WhenAll(
            Enumerable.Range(0, Requests).Select(id => Send(batcher, Input(id)))).WaitAsync(Patience);
        using SoftBonEngine reference = SoftBonEngine.CreateHost(new() { Backend = SoftBonBackend.Reference });
        ScoredPick[] expected = new ScoreOperation(reference, Head(3)).Run(
            [.. Enumerable.Range(0, Requests).Select(Input)]);
        Assert.All(picks.Zip(expected), pair => AssertSame(pair.Second, pair.First));
        Assert.Equal(new BatcherCounts(2 * Requests, Requests, Requests, 0, 0, 0, 2), batcher.Counts);

        // The fresh engine is the batcher's own, and ends with it.
        await batcher.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => fresh!.CreateBuffer<float>(1));
    }

    [Fact]
    public async Task A_hidden_state_that_is_no_number_harms_no_other_request_of_its_batch()
    {
        using SoftBonEngine engine = BatcherDevices.Make(SoftBonBackend.IlgpuCpu);
        await using var batcher = new RewardBatcher(
            engine, Head(3), new() { MaxBatchRows = 2 * RowsOf(1), MaxDelay = TimeSpan.FromMinutes(1) });
        float[] bad = Input(1).Hidden.ToArray();
        bad[Dimension] = float.NaN;
        Task<ScoredPick> broken = batcher.ScoreAndSelectAsync(bad, RowsOf(1), 1, 7, 7);
        Task<ScoredPick> sound = batcher.ScoreAndSelectAsync(Input(1).Hidden, RowsOf(1), 1, 7, 7);
        Assert.Equal(RowStatus.RewardNaN, (await broken.WaitAsync(Patience)).Status);
        Assert.Equal(RowStatus.Ok, (await sound).Status);
        Assert.Equal(1, batcher.Counts.Batches);
    }

    private static async Task<ScoredPick> Send(RewardBatcher batcher, ScoreInput input) => input.Pick is { } pick
        ? await batcher.ScoreAndSelectAsync(input.Hidden, input.Rows, pick.Lambda, pick.Seed, pick.Position)
        : new ScoredPick(-1, float.NaN, float.NaN, RowStatus.Ok, await batcher.ScoreAsync(input.Hidden, input.Rows));

    private static void AssertSame(ScoredPick expected, ScoredPick actual)
    {
        Assert.Equal(expected.Index, actual.Index);
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(Bits(expected.LogProbability), Bits(actual.LogProbability));
        Assert.Equal(Bits(expected.Margin), Bits(actual.Margin));
        Assert.Equal(expected.Scores.Rewards.Select(Bits), actual.Scores.Rewards.Select(Bits));
        Assert.Equal(expected.Scores.Status, actual.Scores.Status);
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static int RowsOf(int id) => 1 + (id % 4);

    /// <summary>Every third request wants no pick.</summary>
    private static ScoreInput Input(int id) => new(
        Floats(100 + id, RowsOf(id) * Dimension),
        RowsOf(id),
        id % 3 == 2 ? null : new PickInput(id % 5 / 2f, (ulong)(id / 2), (ulong)id));

    private static RewardModelHead Head(int heads) => new()
    {
        Dimension = Dimension,
        Weights = Floats(1, heads * Dimension),
        Bias = Floats(2, heads),
        Mixture = Floats(3, heads),
    };

    private static float[] Floats(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}

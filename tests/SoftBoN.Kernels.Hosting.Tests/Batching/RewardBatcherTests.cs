using Microsoft.Extensions.DependencyInjection;

namespace SoftBoN.Kernels.Hosting.Tests.Batching;

public sealed class RewardBatcherTests
{
    private const int Dimension = 300;
    private const int Heads = 3;

    [Fact]
    public async Task Results_are_those_of_each_request_alone_bit_for_bit()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        await using var batcher = new RewardBatcher(engine, Head(), new() { MaxDelay = TimeSpan.FromMilliseconds(20) });
        Task<ScoredPick>[] requests = [.. Enumerable.Range(0, 64).Select(id => Task.Run(() => batcher.ScoreAndSelectAsync(
            Hidden(id), RowsOf(id), LambdaOf(id), (ulong)(id / 2), (ulong)id)))];
        ScoredPick[] picks = await Task.WhenAll(requests);
        Assert.True(batcher.Counts.Batches < 64, $"{batcher.Counts}");
        for (int id = 0; id < picks.Length; id++)
        {
            float[] rewards = new float[RowsOf(id)];
            int[] index = new int[1];
            float[] log = new float[1];
            engine.ScoreRewards(
                TokenMatrix.Of(Hidden(id), rewards.Length, Dimension),
                new() { Weights = TokenMatrix.Of(Head().Weights.Span, Heads, Dimension) },
                new() { Mixture = Head().Mixture.Span },
                new() { Reward = rewards });
            engine.Select(
                rewards,
                Rows.Dense(1, rewards.Length),
                new() { Lambda = LambdaOf(id), Seed = (ulong)(id / 2), Position = (ulong)id },
                new SelectionOutputs { Index = index, LogProbability = log });
            Assert.Equal(rewards.Select(BitConverter.SingleToInt32Bits), picks[id].Scores.Rewards.Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(index[0], picks[id].Index);
            Assert.Equal(BitConverter.SingleToInt32Bits(log[0]), BitConverter.SingleToInt32Bits(picks[id].LogProbability));
        }
    }

    [Fact]
    public async Task A_single_heads_requests_wait_for_nobody()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var head = new RewardModelHead { Dimension = Dimension, Weights = Floats(new Random(5), Dimension) };
        await using var batcher = new RewardBatcher(engine, head, new() { MaxDelay = TimeSpan.FromMinutes(1) });
        for (int id = 0; id < 8; id++)
        {
            Task<ScoredPick> request = batcher.ScoreAndSelectAsync(Hidden(id), RowsOf(id), 0, 1, (ulong)id);
            Assert.True(request.IsCompletedSuccessfully);
            ScoredPick pick = await request;
            Assert.Equal(pick.Scores.Rewards.Index().MaxBy(reward => reward.Item).Index, pick.Index);
            Task<RewardScores> score = batcher.ScoreAsync(Hidden(id), RowsOf(id));
            Assert.True(score.IsCompletedSuccessfully);
            Assert.Equal(pick.Scores.Rewards, (await score).Rewards);
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => batcher.ScoreAndSelectAsync(Hidden(0), RowsOf(0), 1, 1, 1, null, cancelled.Token));
        await batcher.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => batcher.ScoreAndSelectAsync(Hidden(0), RowsOf(0), 1, 1, 1));
        Assert.Equal(new BatcherCounts(18, 16, 0, 1, 0, 1, 16), batcher.Counts);
    }

    [Fact]
    public async Task A_reward_is_the_mixture_of_dot_products()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        var head = new RewardModelHead
        {
            Dimension = 2,
            Weights = new float[] { 1, 2, 3, 4 },
            Bias = new float[] { 0.5f, -1 },
            Mixture = new float[] { 2, 0.25f },
        };
        await using var batcher = new RewardBatcher(engine, head);
        RewardScores scores = await batcher.ScoreAsync(new float[] { 1, 1, 0, -1 }, 2);

        // 2 (1 + 2 + 0.5) + 0.25 (3 + 4 - 1), and 2 (-2 + 0.5) + 0.25 (-4 - 1).
        Assert.Equal([8.5f, -4.25f], scores.Rewards);
    }

    [Fact]
    public async Task A_hidden_state_that_is_no_number_leaves_its_own_request_without_a_pick()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        await using var batcher = new RewardBatcher(engine, Head(), new() { MaxDelay = TimeSpan.FromMilliseconds(20) });
        float[] bad = Hidden(1);
        bad[Dimension] = float.NaN;
        Task<ScoredPick> sound = batcher.ScoreAndSelectAsync(Hidden(1), RowsOf(1), 1, 7, 7);
        Task<ScoredPick> broken = batcher.ScoreAndSelectAsync(bad, RowsOf(1), 1, 7, 7);
        Assert.Equal(-1, (await broken).Index);
        Assert.Equal(RowStatus.RewardNaN, (await broken).Status);
        Assert.NotEqual(RowStatus.Ok, (await broken).Scores.Status[1]);
        Assert.Equal(RowStatus.Ok, (await broken).Scores.Status[0]);
        Assert.Equal(RowStatus.Ok, (await sound).Status);
    }

    [Fact]
    public async Task Bad_arguments_throw_before_anything_is_queued()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        await using var batcher = new RewardBatcher(engine, Head(), new() { MaxBatchRows = 4 });
        var length = await Assert.ThrowsAsync<ArgumentException>(() => batcher.ScoreAsync(new float[5], 2));
        Assert.Contains("5 hidden values, and 2 rows of 300 need 600", length.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => batcher.ScoreAsync(new float[5 * Dimension], 5));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => batcher.ScoreAndSelectAsync(new float[Dimension], 1, -1, 1, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => batcher.ScoreAsync(new float[Dimension], 1, TimeSpan.FromSeconds(-1)));
        Assert.Equal(0, batcher.Counts.Submitted);
    }

    [Fact]
    public void A_head_that_is_not_sound_throws_when_the_batcher_is_made()
    {
        using SoftBonEngine engine = SoftBonEngine.CreateHost();
        float[] weights = new float[Dimension];
        weights[3] = float.NaN;
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RewardBatcher(engine, Head(), new() { MaxBatchRows = int.MaxValue / Dimension * 2 }));
        Assert.ThrowsAny<ArgumentException>(
            () => new RewardBatcher(engine, new() { Weights = weights, Dimension = Dimension }));
        var odd = Assert.Throws<ArgumentException>(
            () => new RewardBatcher(engine, new() { Weights = new float[5], Dimension = 2 }));
        Assert.Contains("5 weights", odd.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_ends_the_batcher_before_the_engine()
    {
        var services = new ServiceCollection();
        services.AddLogging()
            .AddSoftBonKernels(options => options.Backend = SoftBonBackend.Simd)
            .AddSoftBonRewardBatcher(_ => Head(), new() { MaxDelay = TimeSpan.FromMilliseconds(200) });
        ServiceProvider provider = services.BuildServiceProvider();
        Task<RewardScores> request = provider.GetRequiredService<RewardBatcher>().ScoreAsync(Hidden(1), RowsOf(1));
        await provider.DisposeAsync();
        Assert.Equal(RowsOf(1), (await request).Rewards.Count);
    }

    private static RewardModelHead Head()
    {
        var random = new Random(5);
        return new()
        {
            Dimension = Dimension,
            Weights = Floats(random, Heads * Dimension),
            Mixture = Floats(random, Heads),
        };
    }

    private static int RowsOf(int id) => 2 + (id % 5);

    private static float LambdaOf(int id) => id % 7 / 2f;

    private static float[] Hidden(int id) => Floats(new Random(100 + id), RowsOf(id) * Dimension);

    private static float[] Floats(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
}

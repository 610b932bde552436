namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Three silos return what the engine returns, whatever is asked of them.</summary>
public sealed class SameBitsTests : IAsyncLifetime
{
    /// <summary>The smallest there are, so that every call has many parts.</summary>
    private static readonly ClusterKernelsOptions Small = new() { PartBytes = 1 << 12 };

    private readonly SoftBonEngine local = SoftBonEngine.CreateHost();
    private TestSilos silos = null!;
    private ClusterKernels kernels = null!;

    public async Task InitializeAsync()
    {
        silos = await TestSilos.Start(3);
        kernels = await silos.ConnectToAll(3, Small);
    }

    public async Task DisposeAsync()
    {
        kernels.Dispose();
        local.Dispose();
        await silos.DisposeAsync();
    }

    [Fact]
    public void SelectReturnsTheBitsOfOneMachineInEveryLayout()
    {
        for (int form = 0; form < 24; form++)
        {
            var batch = new Batch(form, 1000);
            Assert.Equal(batch.Select(local, form), batch.Select(kernels.Engine, form));
        }

        Assert.Equal(3, silos.Parts.Count);
    }

    [Fact]
    public void SoftWeightsReturnTheBitsOfOneMachineInEveryLayout()
    {
        for (int form = 0; form < 20; form++)
        {
            var batch = new Batch(form, 1000);
            Assert.Equal(batch.SoftWeights(local, form), batch.SoftWeights(kernels.Engine, form));
        }

        Assert.Equal(3, silos.Parts.Count);
    }

    [Fact]
    public void MajoritiesReturnTheBitsOfOneMachineInEveryLayout()
    {
        for (int form = 0; form < 20; form++)
        {
            var batch = new Batch(form, 1000);
            Assert.Equal(batch.Majority(local, form), batch.Majority(kernels.Engine, form));
        }

        Assert.Equal([PartOperation.Majority], silos.Operations.Keys);
    }

    [Fact]
    public void TokenTiltsReturnTheBitsOfOneMachineInEveryForm()
    {
        for (int form = 0; form < 84; form++)
        {
            var batch = new TokenBatch(form, 30, 700);
            Assert.Equal(batch.Whole(local, form), batch.Whole(kernels.Engine, form));
        }

        var inPlace = new TokenBatch(1, 30, 700);
        Assert.Equal(inPlace.InPlace(local), inPlace.InPlace(kernels.Engine));
        Assert.Equal(3, silos.Parts.Count);
    }

    [Fact]
    public void LongRowsOfTokensAreCutByVocabulary()
    {
        for (int form = 0; form < 60; form++)
        {
            var batch = new TokenBatch(form, 6, 5000 + form);
            Assert.Equal(batch.Long(local, form), batch.Long(kernels.Engine, form));
        }

        Assert.Equal([PartOperation.SumShard, PartOperation.DrawShard], silos.Operations.Keys.Order());
    }

    [Fact]
    public void RewardScoresReturnTheBitsOfOneMachineInEveryForm()
    {
        for (int form = 0; form < 24; form++)
        {
            var batch = new PlanBatch(form, 200);
            Assert.Equal(batch.Score(local, form), batch.Score(kernels.Engine, form));
        }

        Assert.Equal(3, silos.Parts.Count);
    }

    [Fact]
    public void PlansReturnTheBitsOfOneMachineInEveryForm()
    {
        for (int form = 0; form < 120; form++)
        {
            var batch = new PlanBatch(form, 120);
            Assert.Equal(batch.Plan(local, form), batch.Plan(kernels.Engine, form));
        }

        Assert.Equal([PartOperation.RunPlan], silos.Operations.Keys);
    }

    [Fact]
    public void EmptyBatchesAndRowsWithoutCandidatesAreServed()
    {
        int[] index = [7, 7];
        kernels.Engine.Select([], Rows.Dense(0, 4), new() { Lambda = 1f, Seed = 1 }, index);
        Assert.Equal([7, 7], index);
        kernels.Engine.Select([], Rows.Dense(2, 0), new() { Lambda = 1f, Seed = 1 }, index);
        Assert.Equal([-1, -1], index);
    }

    [Fact]
    public async Task CallsOfManyThreadsDoNotGetInEachOthersWay()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 5; i++)
                {
                    var batch = new Batch((thread * 100) + i, 400);
                    Assert.Equal(batch.Select(local, i), batch.Select(kernels.Engine, i));
                }
            },
            TaskCreationOptions.LongRunning))).WaitAsync(TestSilos.Patience);
    }

    [Fact]
    public void WhatIsWrongIsToldBeforeAnythingIsSentAndAsTheEngineTellsIt()
    {
        float[] rewards = new float[12];
        int[] index = new int[3];
        Action<SoftBonEngine>[] wrong =
        [
            engine => engine.Select(rewards, Rows.Dense(3, 5), new() { Lambda = 1f, Seed = 1 }, index),
            engine => engine.Select(rewards, Rows.Dense(3, 4), new() { Lambda = -1f, Seed = 1 }, index),
            engine => engine.Select(rewards, Rows.Dense(3, 4), new() { Lambda = 1f }, index),
            engine => engine.Select(rewards, Rows.Dense(3, 4), new() { Lambda = 1f, Seed = 1 }, index.AsSpan(0, 2)),
            engine => engine.SoftWeights(rewards, Rows.Dense(3, 4), 1f, new() { Weights = rewards }),
        ];
        foreach (Action<SoftBonEngine> call in wrong)
        {
            var expected = Assert.ThrowsAny<ArgumentException>(() => call(local));
            var actual = Assert.ThrowsAny<ArgumentException>(() => call(kernels.Engine));
            Assert.Equal((expected.GetType(), expected.Message), (actual.GetType(), actual.Message));
        }

        Assert.Empty(silos.Parts);
    }

    [Fact]
    public void CancelledCallsAndEndedClientsSaySo()
    {
        float[] rewards = new float[1 << 16];
        int[] index = new int[1 << 12];
        Assert.ThrowsAny<OperationCanceledException>(() => kernels.Engine.Select(
            rewards, Rows.Dense(1 << 12, 16), new() { Lambda = 1f, Seed = 1 }, index, new CancellationToken(true)));
        kernels.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
            kernels.Engine.Select(rewards, Rows.Dense(1 << 12, 16), new() { Lambda = 1f, Seed = 1 }, index));
    }

    [Fact]
    public async Task ACallEndsWhenItIsCancelledWhileItsPartsAreHeldUp()
    {
        var began = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        silos.BeforePart = _ =>
        {
            began.TrySetResult();
            return release.Task;
        };
        using var cancel = new CancellationTokenSource();
        Task call = Task.Run(() => kernels.Engine.Select(
            new float[1 << 16], Rows.Dense(1 << 12, 16), new() { Lambda = 1f, Seed = 1 }, new int[1 << 12], cancel.Token));
        await began.Task.WaitAsync(TestSilos.Patience);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TestSilos.Patience));
        release.SetResult();
    }

    [Fact]
    public void BuffersAndQueuesAreOfOneMachine()
    {
        Assert.Throws<NotSupportedException>(() => kernels.Engine.CreateBuffer<float>(4));
        Assert.Throws<NotSupportedException>(() => kernels.Engine.CreateQueue());
    }
}

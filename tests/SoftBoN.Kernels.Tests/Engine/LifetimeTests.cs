namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>An engine may be disposed at any time: calls under way finish, later ones throw.</summary>
public sealed class LifetimeTests
{
    private static readonly Batch Batch = Batch.Dense(new RandomRewards(411).Row(150_000), 1500, 100);

    private static readonly Pick Pick = new(Temperature.Given(0.5f));

    [Fact]
    public void After_dispose_every_operation_throws()
    {
        SoftBonEngine engine = Engines.Make(SoftBonBackend.Simd, 2);
        Batch none = Batch.Dense([], 0, 1);
        SelectionResult.Of(engine, Batch, Pick);
        engine.Dispose();
        engine.Dispose();

        foreach (Batch batch in new[] { Batch, none })
        {
            AssertDisposed(() => WeightsResult.Of(engine, batch, Temperature.Given(1)));
            AssertDisposed(() => SelectionResult.Of(engine, batch, Pick));
            AssertDisposed(() => MajorityResult.Of(engine, batch, Temperature.Given(1), new int[batch.Packed]));
        }

        AssertDisposed(() => engine.Select(
            new System.Numerics.Tensors.ReadOnlyTensorSpan<float>(Batch.Memory), Pick.Options, new SelectionOutputs()));
        AssertDisposed(() => engine.SoftWeights(
            new System.Numerics.Tensors.ReadOnlyTensorSpan<float>(Batch.Memory), 1, default, new SoftWeightsOutputs()));
        Assert.Equal(SoftBonBackend.Simd, engine.Device.Backend);
    }

    [Fact]
    public void An_empty_tensor_is_an_empty_batch()
    {
        int[] index = [7];
        Engines.Simd.Select(
            System.Numerics.Tensors.ReadOnlyTensorSpan<float>.Empty, Pick.Options, new SelectionOutputs { Index = index });
        Engines.Simd.SoftWeights(
            System.Numerics.Tensors.ReadOnlyTensorSpan<float>.Empty, 1, default, new SoftWeightsOutputs());
        Assert.Equal([7], index);
    }

    [Fact]
    public async Task Dispose_while_other_threads_call()
    {
        SelectionResult expected = SelectionResult.Of(Engines.Reference, Batch, Pick);
        for (int trial = 0; trial < 20; trial++)
        {
            SoftBonEngine engine = Engines.Make(SoftBonBackend.Simd, 4);
            using var started = new CountdownEvent(4);
            Task<int>[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () => CallUntilDisposed(engine, started, expected),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))];
            started.Wait();
            engine.Dispose();
            Assert.All(await Task.WhenAll(callers), calls => Assert.True(calls > 0));
        }
    }

    private static int CallUntilDisposed(SoftBonEngine engine, CountdownEvent started, SelectionResult expected)
    {
        for (int calls = 0; ; calls++)
        {
            try
            {
                SelectionResult.AssertSame(expected, SelectionResult.Of(engine, Batch, Pick), "a call before dispose");
            }
            catch (ObjectDisposedException)
            {
                return calls;
            }

            if (calls == 0)
            {
                started.Signal();
            }
        }
    }

    private static void AssertDisposed(Action call)
    {
        var error = Assert.Throws<ObjectDisposedException>(call);
        Assert.Contains(nameof(SoftBonEngine), error.ObjectName, StringComparison.Ordinal);
    }
}

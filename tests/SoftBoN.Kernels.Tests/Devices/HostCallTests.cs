namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Calls with the caller's memory return the reference's bits, however they are cut into chunks.</summary>
public sealed class HostCallTests
{
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Every_layout_in_one_chunk(SoftBonBackend backend) => AssertAllSame(backend, null);

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Every_layout_in_chunks_of_some_rows(SoftBonBackend backend) => AssertAllSame(backend, 2000);

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Every_layout_row_by_row(SoftBonBackend backend) => AssertAllSame(backend, 1);

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Tensors_of_any_strides(SoftBonBackend backend)
    {
        float[] memory = new RandomRewards(502).Row(400);
        var rewards = new System.Numerics.Tensors.ReadOnlyTensorSpan<float>(memory, 3, [9, 11], [40, 2]);
        using SoftBonEngine engine = DeviceBackends.Make(backend, options => options.ChunkBytes = 300);
        Assert.Equal(Weights(Engines.Reference, rewards), Weights(engine, rewards));
        Assert.Equal(Index(Engines.Reference, rewards), Index(engine, rewards));
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Outputs_longer_than_needed_keep_their_ends(SoftBonBackend backend)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend, options => options.ChunkBytes = 100);
        int[] index = [.. Enumerable.Repeat(-7, 9)];
        engine.Select([1, 2, 3, 4, 5, 6], Rows.Dense(3, 2), new() { Lambda = 0, Noise = SelectionNoise.None }, index);

        Assert.Equal([1, 1, 1, -7, -7, -7, -7, -7, -7], index);
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void A_token_ends_a_call_between_chunks(SoftBonBackend backend)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend, options => options.ChunkBytes = 4096);
        Batch endless = Batch.Strided(new RandomRewards(503).Row(20), 20_000_000, 20, rowStride: 0);
        int[] index = new int[endless.Count];
        index.AsSpan().Fill(-7);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.Throws<OperationCanceledException>(() => engine.Select(
            endless.Memory, endless.Rows, new SelectionOptions { Lambda = 1, Seed = 1 }, index.AsSpan(), source.Token));

        Assert.Equal(-7, index[^1]);
        SampleCalls.AssertSame(Engines.Reference, engine, "after cancellation", SampleCalls.Batches[0].Batch);
    }

    private static void AssertAllSame(SoftBonBackend backend, long? chunkBytes)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend, options => options.ChunkBytes = chunkBytes);
        Assert.Equal(backend, engine.Device.Backend);
        foreach ((string name, Batch batch) in SampleCalls.Batches)
        {
            SampleCalls.AssertSame(Engines.Reference, engine, name, batch);
        }
    }

    private static float[] Weights(
        SoftBonEngine engine, System.Numerics.Tensors.ReadOnlyTensorSpan<float> rewards)
    {
        float[] weights = new float[99];
        var shaped = new System.Numerics.Tensors.TensorSpan<float>(weights, [9, 11]);
        engine.SoftWeights(rewards, 0.7f, shaped, new SoftWeightsOutputs());
        return weights;
    }

    private static int[] Index(SoftBonEngine engine, System.Numerics.Tensors.ReadOnlyTensorSpan<float> rewards)
    {
        int[] index = new int[9];
        engine.Select(rewards, new() { Lambda = 0.7f, Seed = 5 }, new SelectionOutputs { Index = index });
        return index;
    }
}

using System.Buffers.Binary;

namespace SoftBoN.Kernels.Cuda.Tests;

/// <summary>What is asked of the driver, by a driver that remembers it. Nothing here has run on a GPU.</summary>
[Collection(FakeDriver.Collection)]
public sealed class AttachTests : IDisposable
{
    private const nint Stream = 77;
    private const nuint Rewards = 0x100000;

    public AttachTests()
    {
        if (FakeDriver.Obstacle == null)
        {
            FakeDriver.Reset(FakeDriver.Context);
        }
    }

    private static SoftBonCudaOptions Options => new() { Driver = FakeDriver.Path };

    private static CudaSelection Picks(int rows, int columns) => new()
    {
        Rewards = Rewards,
        Rows = CudaRows.Dense(rows, columns),
        Lambda = 0.5f,
        Seed = 42UL,
        Index = 0x200000,
    };

    public void Dispose()
    {
        if (FakeDriver.Obstacle == null)
        {
            Assert.Equal(1, FakeDriver.Depth);
        }
    }

    [FakeDriverTheory]
    [InlineData(100, 8, "Eight", 4)]
    [InlineData(100, 64, "Sixteen", 7)]
    [InlineData(100, 1000, "Warp", 13)]
    [InlineData(100, 5000, "Group", 100)]
    [InlineData(5000, 5000, "Group", 1024)]
    public void A_call_is_one_launch_on_the_hosts_stream(int rows, int columns, string team, int groups)
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        CudaSelection call = Picks(rows, columns);
        cuda.Reserve(cuda.WorkspaceBytes(in call));
        cuda.Select(in call);
        Assert.Equal(
            [$"launch Picks.{team}.Shuffle grid {groups} 1 1 block 256 1 1 shared 0 stream {Stream} extra 0"], FakeDriver.Launches);
    }

    [FakeDriverFact]
    public void After_the_first_call_nothing_is_loaded_allocated_copied_or_waited_for()
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        CudaSelection picks = Picks(64, 5000) with { Lambda = CudaLambda.TargetKl(0.5f), Margin = 0x300000 };
        var weights = new CudaSoftWeights { Rewards = Rewards, Rows = picks.Rows, Lambda = 0.5f, Weights = 0x400000 };
        cuda.Reserve(Math.Max(cuda.WorkspaceBytes(in picks), cuda.WorkspaceBytes(in weights)));
        cuda.Load(CudaKernels.All);
        cuda.Select(in picks);
        cuda.SoftWeights(in weights);
        FakeDriver.Clear();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            cuda.Select(in picks);
            cuda.SoftWeights(in weights);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(
            ["cuCtxGetCurrent", "cuLaunchKernel", "launch"],
            FakeDriver.Record.Select(line => line.Split(' ')[0]).Distinct());
        Assert.Equal(300, FakeDriver.Launches.Length);
    }

    [FakeDriverFact]
    public void Load_leaves_nothing_to_be_loaded()
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        cuda.Load(CudaKernels.Selection);
        Assert.Equal(21, FakeDriver.Record.Count(line => line == "cuModuleLoadDataEx"));
        FakeDriver.Clear();
        cuda.Select(Picks(3, 10));
        cuda.Select(Picks(3, 100) with { Distinct = true });
        cuda.UseWorkspace(0xa00000, 1 << 24);
        cuda.Select(Picks(3, 1 << 17));
        Assert.DoesNotContain("cuModuleLoadDataEx", FakeDriver.Record);
    }

    /// <summary>Places are those of the PTX's parameter; see <see cref="LayoutTests"/>.</summary>
    [FakeDriverFact]
    public void A_selections_argument_has_what_was_asked_for()
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        cuda.Select(Picks(9, 40) with
        {
            Rows = new CudaRows(9, 40, 64, 2),
            Lambda = CudaPerRow.At<float>(0x500000),
            Position = CudaPerRow.At<ulong>(0x600000),
            Draws = 3,
            Offsets = 0x700000,
            Status = 0x800000,
        });
        byte[] bytes = FakeDriver.Arguments;
        Assert.Equal(480, bytes.Length);
        Assert.Equal((long)Rewards, Long(bytes, 0));
        Assert.Equal((8 * 64) + (39 * 2) + 1, Long(bytes, 8));
        Assert.Equal([9L, 64L, 2L], [Long(bytes, 96), Long(bytes, 104), Long(bytes, 112)]);
        Assert.Equal([40, 0, 0, 1, 2], [Int(bytes, 120), Int(bytes, 124), Int(bytes, 128), Int(bytes, 132), Int(bytes, 136)]);
        Assert.Equal(0x7fc00000, Int(bytes, 140));
        Assert.Equal([0x500000L, 9L], [Long(bytes, 152), Long(bytes, 160)]);
        Assert.Equal([1, 1], [Int(bytes, 172), Int(bytes, 176)]);
        Assert.Equal([0x700000L, 360L], [Long(bytes, 208), Long(bytes, 216)]);
        Assert.Equal([0x600000L, 9L, 42L], [Long(bytes, 304), Long(bytes, 312), Long(bytes, 320)]);
        Assert.Equal(
            [0, 1, 0, 0, 3, 0],
            [Int(bytes, 336), Int(bytes, 340), Int(bytes, 344), Int(bytes, 348), Int(bytes, 352), Int(bytes, 356)]);
        Assert.Equal([0, 1 | 32], [Int(bytes, 376), Int(bytes, 380)]);
        Assert.Equal([0x200000L, 27L], [Long(bytes, 384), Long(bytes, 392)]);
        Assert.Equal([0x800000L, 9L], [Long(bytes, 464), Long(bytes, 472)]);
        Assert.All(
            Enumerable.Range(0, 6).Select(view => Long(bytes, 384 + (16 * view))), address => Assert.NotEqual(0, address));
    }

    [FakeDriverFact]
    public void A_budget_is_found_first_and_the_next_kernel_takes_it()
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        var call = new CudaSoftWeights
        {
            Rewards = Rewards,
            Rows = CudaRows.Dense(10, 20),
            Lambda = CudaLambda.TargetEss(3f),
            Entropy = 0x900000,
        };
        Assert.Equal(512, cuda.WorkspaceBytes(in call));
        cuda.UseWorkspace(0xa00000, 512);
        cuda.SoftWeights(in call);
        Assert.Equal(2, FakeDriver.Launches.Length);
        byte[] bytes = FakeDriver.Arguments;
        Assert.Equal([0xa00000L, 10L], [Long(bytes, 152), Long(bytes, 160)]);
        Assert.Equal([1, 1], [Int(bytes, 172), Int(bytes, 176)]);
        Assert.Equal([0xa00100L, 10L], [Long(bytes, 184), Long(bytes, 192)]);
        Assert.Equal([1, (1 << 6) | 2], [Int(bytes, 200), Int(bytes, 248)]);
        Assert.DoesNotContain("cuMemAlloc", FakeDriver.Record);
    }

    [FakeDriverFact]
    public void Another_current_context_is_given_back()
    {
        FakeDriver.Reset(0x6000);
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        cuda.Select(Picks(3, 10));
        Assert.Contains("cuCtxPushCurrent", FakeDriver.Record);
        Assert.Equal(1, FakeDriver.Depth);
        FakeDriver.Fail("cuLaunchKernel", 2);
        Assert.Throws<CudaFaultException>(() => cuda.Select(Picks(3, 10)));
        Assert.Equal(1, FakeDriver.Depth);
    }

    [FakeDriverFact]
    public void The_current_context_will_do()
    {
        using (var cuda = SoftBonCuda.Attach(0, Stream, Options))
        {
            cuda.Select(Picks(3, 10));
            Assert.Single(FakeDriver.Launches);
            cuda.Stream = 78;
            cuda.Select(Picks(3, 10));
            Assert.Contains("stream 78", FakeDriver.Launches[1], StringComparison.Ordinal);
        }

        FakeDriver.Reset(0);
        CudaUnavailableException none =
            Assert.Throws<CudaUnavailableException>(() => SoftBonCuda.Attach(0, Stream, Options));
        Assert.Contains("Pass a context", none.Message, StringComparison.Ordinal);
        FakeDriver.Reset(FakeDriver.Context);
    }

    [FakeDriverFact]
    public void A_missing_driver_and_a_missing_function_are_named()
    {
        CudaUnavailableException fault = Assert.Throws<CudaUnavailableException>(
            () => SoftBonCuda.Attach(0, 0, new() { Driver = "libno-such-driver.so" }));
        Assert.Contains("libno-such-driver.so was not found", fault.Message, StringComparison.Ordinal);
        fault = Assert.Throws<CudaUnavailableException>(
            () => SoftBonCuda.Attach(0, 0, new() { Driver = FakeDriver.PathWithoutLaunch }));
        Assert.Contains("has no cuLaunchKernel", fault.Message, StringComparison.Ordinal);
    }

    [FakeDriverTheory]
    [InlineData("cuLaunchKernel", 719, "CUDA_ERROR_LAUNCH_FAILED", false)]
    [InlineData("cuLaunchKernel", 701, "unknown", true)]
    [InlineData("cuModuleLoadDataEx", 2, "CUDA_ERROR_OUT_OF_MEMORY", true)]
    [InlineData("cuModuleGetFunction", 500, "unknown", true)]
    [InlineData("cuCtxGetCurrent", 201, "CUDA_ERROR_INVALID_CONTEXT", false)]
    public void An_error_is_typed_and_names_the_function(string function, int result, string name, bool isContextUsable)
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        FakeDriver.Fail(function, result);
        CudaFaultException fault = Assert.Throws<CudaFaultException>(() => cuda.Select(Picks(3, 10)));
        Assert.Equal((result, function, isContextUsable), (fault.Result, fault.Function, fault.IsContextUsable));
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        FakeDriver.Fail("", 0);
        Exception? next = Record.Exception(() => cuda.Select(Picks(3, 10)));
        Assert.Equal(isContextUsable, next == null);
        Assert.True(next is null or InvalidOperationException);
    }

    [FakeDriverFact]
    public void A_destroyed_context_is_seen_and_left_alone()
    {
        var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        cuda.Reserve(1024);
        cuda.Select(Picks(3, 10));
        FakeDriver.Destroy(FakeDriver.Context);
        CudaFaultException fault = Assert.Throws<CudaFaultException>(() => cuda.Select(Picks(3, 10)));
        Assert.False(fault.IsContextUsable);
        Assert.Contains("CUDA_ERROR_CONTEXT_IS_DESTROYED", fault.Message, StringComparison.Ordinal);
        InvalidOperationException later = Assert.Throws<InvalidOperationException>(() => cuda.Select(Picks(3, 10)));
        Assert.Contains("attach", later.Message, StringComparison.Ordinal);
        cuda.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cuda.Select(Picks(3, 10)));
    }

    [FakeDriverFact]
    public void The_end_unloads_and_frees_what_is_its_own()
    {
        var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        cuda.Reserve(4096);
        cuda.Select(Picks(3, 10));
        FakeDriver.Clear();
        cuda.Dispose();
        cuda.Dispose();
        Assert.Equal(["cuCtxPushCurrent", "cuModuleUnload", "cuMemFree", "cuCtxPopCurrent"], FakeDriver.Record);
    }

    [FakeDriverFact]
    public void Bad_arguments_are_named_before_anything_is_asked_of_the_driver()
    {
        using var cuda = SoftBonCuda.Attach(FakeDriver.Context, Stream, Options);
        FakeDriver.Clear();
        Throws<ArgumentException>("Rewards is 0", Picks(3, 10) with { Rewards = 0 });
        Throws<ArgumentException>("multiple of 4", Picks(3, 10) with { Rewards = Rewards + 2 });
        Throws<ArgumentException>("Index is at 200001", Picks(3, 10) with { Index = 0x200001 });
        Throws<ArgumentException>("Lambda is not set", Picks(3, 10) with { Lambda = default });
        Throws<ArgumentOutOfRangeException>("0 to +infinity", Picks(3, 10) with { Lambda = -1f });
        Throws<ArgumentOutOfRangeException>("at least 1 candidate", Picks(3, 10) with { Lambda = CudaLambda.TargetEss(0.5f) });
        Throws<ArgumentException>("Seed is not set", Picks(3, 10) with { Seed = default });
        Throws<ArgumentOutOfRangeException>("1 to", Picks(3, 10) with { Draws = 0 });
        Throws<ArgumentOutOfRangeException>("Gumbel", Picks(3, 10) with { Noise = (CudaNoise)9 });
        Throws<ArgumentOutOfRangeException>("RowStride", Picks(3, 10) with { Rows = new(3, 10, -1) });
        Assert.Empty(FakeDriver.Record);
        Throws<InvalidOperationException>("bytes of workspace", Picks(3, 5000));
        Assert.Empty(FakeDriver.Launches);
        cuda.Select(Picks(0, 10));
        Assert.Empty(FakeDriver.Launches);

        void Throws<TFault>(string part, CudaSelection call)
            where TFault : Exception => Assert.Contains(
                part, Assert.Throws<TFault>(() => cuda.Select(in call)).Message, StringComparison.Ordinal);
    }

    private static long Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}

using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>
/// A device's faults reach the caller with a type and what to do, and leave the engine usable or marked.
/// </summary>
public sealed class FaultTests
{
    private static readonly Batch Batch = Batch.Dense(new RandomRewards(511).Row(60), 6, 10);

    private static readonly Pick Pick = new(Temperature.Given(0.5f));

    public static TheoryData<string> FatalSteps => [.. Enum.GetNames<DeviceStep>().Except([nameof(DeviceStep.Open)])];

    [Theory]
    [MemberData(nameof(FatalSteps))]
    public void A_lost_device_faults_the_engine(string step)
    {
        var faults = new FaultOnce(Enum.Parse<DeviceStep>(step), new CLException(CLError.CL_OUT_OF_RESOURCES));
        using SoftBonEngine engine = Make(faults, chunkBytes: 100);
        Assert.False(engine.IsFaulted);

        var error = Assert.Throws<DeviceExecutionException>(() => SelectionResult.Of(engine, Batch, Pick));
        Assert.False(error.IsEngineUsable);
        Assert.Equal("Select", error.Operation);
        Assert.IsType<CLException>(error.InnerException);
        Assert.Contains("Select of 6 rows, 60 candidates failed on IlgpuCpu", error.Message, StringComparison.Ordinal);
        Assert.Contains("dispose of it and make another", error.Message, StringComparison.Ordinal);
        Assert.Contains("softbon doctor", error.Message, StringComparison.Ordinal);

        Assert.True(engine.IsFaulted);
        var later = Assert.Throws<DeviceExecutionException>(() => SelectionResult.Of(engine, Batch, Pick));
        Assert.Contains("failed in an earlier call", later.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceExecutionException>(() => engine.CreateBuffer<float>(1));
        Assert.Throws<DeviceExecutionException>(engine.CreateQueue);
    }

    [Theory]
    [InlineData(nameof(DeviceStep.Allocate))]
    [InlineData(nameof(DeviceStep.Launch))]
    public void A_device_out_of_memory_leaves_the_engine_usable(string step)
    {
        var fault = new CLException(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
        var faults = new FaultOnce(Enum.Parse<DeviceStep>(step), fault) { Times = 2 };
        using SoftBonEngine engine = Make(faults, chunkBytes: null);

        var error = Assert.Throws<DeviceExecutionException>(() => SelectionResult.Of(engine, Batch, Pick));
        Assert.True(error.IsEngineUsable);
        Assert.Contains("ran out of device memory", error.Message, StringComparison.Ordinal);
        Assert.Contains("fewer rows", error.Message, StringComparison.Ordinal);
        faults.Times = 0;
        Assert.False(engine.IsFaulted);
        SampleCalls.AssertSame(Engines.Reference, engine, "after out of memory", Batch);
    }

    [Fact]
    public void Memory_of_idle_slots_is_given_back_when_it_is_needed()
    {
        var faults = new FaultOnce(DeviceStep.Allocate, new CLException(CLError.CL_OUT_OF_HOST_MEMORY));
        using SoftBonEngine engine = Make(faults, chunkBytes: null);

        // One failure, then one more attempt after what is idle was given back.
        SampleCalls.AssertSame(Engines.Reference, engine, "at the second attempt", Batch);
    }

    [Fact]
    public void An_error_that_is_not_the_devices_leaves_the_engine_usable()
    {
        var faults = new FaultOnce(DeviceStep.Launch, new NotSupportedException("no such instruction"));
        using SoftBonEngine engine = Make(faults, chunkBytes: 100);

        var error = Assert.Throws<DeviceExecutionException>(
            () => WeightsResult.Of(engine, Batch, Temperature.Given(1)));
        Assert.True(error.IsEngineUsable);
        Assert.Contains("no such instruction", error.Message, StringComparison.Ordinal);
        SampleCalls.AssertSame(Engines.Reference, engine, "after an error", Batch);
    }

    [Fact]
    public void What_does_not_fit_the_memory_limit_says_so_and_what_fits_runs_in_chunks()
    {
        using SoftBonEngine engine = DeviceBackends.Make(
            SoftBonBackend.IlgpuCpu, options => options.MaxDeviceMemory = 1 << 20);
        Batch many = Batch.Strided(new RandomRewards(512).Row(60), 300, 60, rowStride: 0);
        Batch one = Batch.Dense(new float[1 << 19], 1, 1 << 19);
        float[] share = new float[1];

        Assert.Equal(
            SelectionResult.Of(Engines.Reference, many, Pick).Index, SelectionResult.Of(engine, many, Pick).Index);
        var error = Assert.Throws<DeviceExecutionException>(() => engine.Majority(
            one.Memory, one.Rows, 1, new int[1 << 19], new MajorityOutputs { Share = share }));
        Assert.True(error.IsEngineUsable);
        Assert.Contains("the limit is 1,048,576", error.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceExecutionException>(() => engine.CreateBuffer<byte>(2 << 20));
    }

    [Fact]
    public void A_device_that_does_not_open_is_unavailable_and_is_not_replaced()
    {
        var faults = new FaultOnce(DeviceStep.Open, new CLException(CLError.CL_BUILD_PROGRAM_FAILURE));

        var error = Assert.Throws<DeviceUnavailableException>(() => Make(faults, chunkBytes: null));
        Assert.IsType<CLException>(error.InnerException);
        Assert.Contains("ilgpu-cpu device 0 cannot be used", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Reports);
    }

    private static SoftBonEngine Make(FaultOnce faults, long? chunkBytes) => DeviceBackends.Make(
        SoftBonBackend.IlgpuCpu,
        options =>
        {
            options.ChunkBytes = chunkBytes;
            options.Faults = faults;
        });
}

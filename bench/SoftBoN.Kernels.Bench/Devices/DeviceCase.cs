using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Bench.Devices;

/// <summary>
/// One operation on one batch: the kernels alone, with data on the device, with data in the caller's memory, and the
/// processor's vectors on the same rows; each checked against those before anything is timed.
/// </summary>
internal sealed class DeviceCase : IDisposable
{
    private const float Lambda = 0.5f;

    private readonly Shape shape;
    private readonly AlignedBuffer<float> rewards;
    private readonly float[] weights;
    private readonly int[] index;
    private readonly SoftBonEngine engine;
    private readonly SoftBonEngine simd = Engines.Simd(Environment.ProcessorCount);
    private readonly KernelTimer kernels;
    private readonly DeviceBuffer<float> deviceRewards;
    private readonly DeviceBuffer<float> deviceWeights;
    private readonly DeviceBuffer<int> deviceIndex;
    private readonly SoftBonQueue queue;

    public DeviceCase(SoftBonBackend backend, Shape shape)
    {
        this.shape = shape;
        rewards = Rewards.Normal(shape);
        weights = new float[shape.Elements];
        index = new int[shape.Rows];
        engine = SoftBonEngine.Create(new() { Backend = backend });
        kernels = new KernelTimer(backend, device: 0, shape, Lambda, rewards);
        deviceRewards = engine.CreateBuffer<float>(shape.Elements);
        deviceWeights = engine.CreateBuffer<float>(shape.Elements);
        deviceIndex = engine.CreateBuffer<int>(shape.Rows);
        queue = engine.CreateQueue();
        deviceRewards.CopyFrom(rewards.Span);
    }

    /// <summary>The tables' lines for the shape.</summary>
    public IEnumerable<DeviceFigures> Measure(int rounds)
    {
        Check();
        yield return Measure("soft weights", rounds, kernels.Weights, ResidentWeights, () => Weigh(engine), () => Weigh(simd));
        yield return Measure("selection", rounds, kernels.Select, ResidentPicks, () => Pick(engine), () => Pick(simd));
    }

    public void Dispose()
    {
        queue.Dispose();
        deviceRewards.Dispose();
        deviceWeights.Dispose();
        deviceIndex.Dispose();
        engine.Dispose();
        simd.Dispose();
        kernels.Dispose();
        rewards.Dispose();
    }

    /// <summary>An engine's creation and first call, and its second call, in seconds.</summary>
    public static (double Creation, double FirstCall, double SecondCall) Cold(
        SoftBonBackend backend, SoftBonOperations compiled)
    {
        float[] values = new float[64 * 64];
        int[] picks = new int[64];
        long start = Stopwatch.GetTimestamp();
        using SoftBonEngine cold = SoftBonEngine.Create(new() { Backend = backend, CompileAtCreation = compiled });
        double creation = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double Call()
        {
            long began = Stopwatch.GetTimestamp();
            cold.Select(values, Rows.Dense(64, 64), new() { Lambda = Lambda, Seed = 1 }, picks.AsSpan());
            return Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        double first = Call();
        return (creation, first, Call());
    }

    private DeviceFigures Measure(
        string operation, int rounds, Func<double> kernel, Action resident, Action endToEnd, Action onProcessor)
    {
        var times = new List<double>[5];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = [];
        }

        for (int round = -2; round < rounds; round++)
        {
            double[] taken =
                [kernel(), kernels.Copy(), Clock(resident), Clock(endToEnd), Clock(onProcessor)];
            for (int i = 0; i < times.Length && round >= 0; i++)
            {
                times[i].Add(taken[i]);
            }
        }

        double[] medians = [.. times.Select(one => one.Order().ElementAt(one.Count / 2))];
        return new DeviceFigures(
            operation, shape.ToString(), shape.Elements, medians[0], medians[1], medians[2], medians[3], medians[4]);
    }

    private static double Clock(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void ResidentWeights()
    {
        queue.SoftWeights(
            deviceRewards, DeviceRows.Dense(shape.Rows, shape.Columns), Lambda, new() { Weights = deviceWeights });
        queue.Synchronize();
    }

    private void ResidentPicks()
    {
        queue.Select(
            deviceRewards,
            DeviceRows.Dense(shape.Rows, shape.Columns),
            new() { Lambda = Lambda, Seed = 1 },
            new() { Index = deviceIndex });
        queue.Synchronize();
    }

    private void Weigh(SoftBonEngine on) => on.SoftWeights(
        rewards.Span, Rows.Dense(shape.Rows, shape.Columns), Lambda, new() { Weights = weights });

    private void Pick(SoftBonEngine on) => on.Select(
        rewards.Span, Rows.Dense(shape.Rows, shape.Columns), new() { Lambda = Lambda, Seed = 1 }, index.AsSpan());

    private void Check()
    {
        Weigh(simd);
        Pick(simd);
        float[] expected = [.. weights];
        int[] picks = [.. index];
        Weigh(engine);
        Pick(engine);
        Same(expected, picks, "end-to-end");
        ResidentWeights();
        ResidentPicks();
        deviceWeights.CopyTo(weights);
        deviceIndex.CopyTo(index);
        Same(expected, picks, "resident");
    }

    private void Same(float[] expected, int[] picks, string what)
    {
        bool isSame = MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(weights.AsSpan()))
            && picks.AsSpan().SequenceEqual(index);
        if (!isSame)
        {
            throw new InvalidOperationException($"{what}, {shape}: other bits than on the processor; nothing is timed.");
        }
    }
}

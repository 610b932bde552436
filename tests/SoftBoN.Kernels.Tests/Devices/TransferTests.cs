using System.Diagnostics.Metrics;
using SoftBoN.Kernels.Tests.Engine;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>Copies are counted, and work on data that stays on the device makes none and allocates nothing.</summary>
[Collection(NotParallel.Name)]
public sealed class TransferTests
{
    private const int Count = 40;
    private const int Columns = 25;

    /// <summary>Others in the process allocate now and then; not every time.</summary>
    private const int Attempts = 50;

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Copies_are_counted_with_their_direction_and_device(SoftBonBackend backend)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<float> buffer = engine.CreateBuffer<float>(100);
        using DeviceBuffer<float> other = engine.CreateBuffer<float>(100);
        using PinnedBuffer<float> pinned = engine.CreatePinnedBuffer<float>(100);
        using SoftBonQueue queue = engine.CreateQueue();
        using var heard = new Transfers();

        buffer.CopyFrom(new float[100]);
        buffer.CopyTo(new float[10]);
        queue.CopyIn(pinned, other);
        queue.Copy<float>(buffer, other);
        queue.CopyOut(other, pinned);
        queue.Synchronize();
        Assert.Equal(800, heard.Bytes("in"));
        Assert.Equal(440, heard.Bytes("out"));
        Assert.True(
            backend == SoftBonBackend.IlgpuCpu || engine.Device.Description.StartsWith(heard.Device, StringComparison.Ordinal),
            heard.Device);
        Assert.NotEmpty(heard.Device);

        float[] rewards = new float[Count * Columns];
        int[] picks = new int[Count];
        engine.Select(rewards, Rows.Dense(Count, Columns), new() { Lambda = 1f, Seed = 1 }, picks.AsSpan());
        Assert.Equal(800 + (4 * Count * Columns), heard.Bytes("in"));
        Assert.Equal(440 + (4 * Count), heard.Bytes("out"));
    }

    /// <summary>
    /// Of the caller's thread on every backend. Of the whole process on OpenCL and CUDA, where launches are calls of the driver;
    /// ILGPU's CPU accelerator makes objects for each.
    /// </summary>
    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Resident_calls_allocate_nothing_and_copy_nothing(SoftBonBackend backend)
    {
        const int Calls = 5;
        bool isWhole = backend != SoftBonBackend.IlgpuCpu;
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<float> rewards = engine.CreateBuffer<float>(Count * Columns);
        using DeviceBuffer<float> weights = engine.CreateBuffer<float>(Count * Columns);
        using DeviceBuffer<int> index = engine.CreateBuffer<int>(Count);
        using SoftBonQueue queue = engine.CreateQueue();
        rewards.CopyFrom(new float[Count * Columns]);
        void Call()
        {
            queue.SoftWeights(rewards, DeviceRows.Dense(Count, Columns), 0.5f, new() { Weights = weights });
            queue.Select(rewards, DeviceRows.Dense(Count, Columns), new() { Lambda = 0.5f, Seed = 1 }, new() { Index = index });
        }

        for (int i = 0; i < DeviceBackends.Scale(backend, full: 30, slow: 3); i++)
        {
            Call();
        }

        queue.Synchronize();
        long deviceBytes = engine.DeviceBytes;
        using var heard = new Transfers();
        long here = long.MaxValue;
        long everywhere = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && (here > 0 || (isWhole && everywhere > 0)); attempt++)
        {
            long threadBefore = GC.GetAllocatedBytesForCurrentThread();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++)
            {
                Call();
            }

            // Done when the caller's thread has slept, and not only queued; a wait for the queue is an object.
            Thread.Sleep(20);
            everywhere = Math.Min(everywhere, GC.GetTotalAllocatedBytes(precise: true) - before);
            here = Math.Min(here, GC.GetAllocatedBytesForCurrentThread() - threadBefore);
        }

        queue.Synchronize();
        Assert.Equal(0, here);
        Assert.True(!isWhole || everywhere == 0, $"{everywhere} bytes");
        Assert.Equal(0, heard.Bytes("in") + heard.Bytes("out"));
        Assert.Equal(deviceBytes, engine.DeviceBytes);
    }

    [Theory]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Device_memory_does_not_grow_over_many_calls(SoftBonBackend backend)
    {
        int calls = DeviceBackends.Scale(backend, full: 2000, slow: 5);
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        var batch = Batch.Dense(new RandomRewards(571).Row(12, Mood.Normal), 3, 4);
        var pick = new Pick(Temperature.Given(0.5f));
        SelectionResult expected = SelectionResult.Of(engine, batch, pick);
        long bytes = engine.DeviceBytes;
        Assert.True(bytes > 0);
        for (int i = 0; i < calls; i++)
        {
            SelectionResult.AssertSame(expected, SelectionResult.Of(engine, batch, pick), "a call");
        }

        Assert.Equal(bytes, engine.DeviceBytes);
    }

    /// <summary>Listens to what is copied while it lives.</summary>
    private sealed class Transfers : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly Dictionary<string, long> bytes = [];

        public Transfers()
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "softbon.transfer.size")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) => Hear(measurement, tags));
            listener.Start();
        }

        public string Device { get; private set; } = "";

        public long Bytes(string direction)
        {
            lock (bytes)
            {
                return bytes.GetValueOrDefault(direction);
            }
        }

        public void Dispose() => listener.Dispose();

        private void Hear(long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (bytes)
            {
                Device = (string)tags[0].Value!;
                string direction = (string)tags[1].Value!;
                bytes[direction] = bytes.GetValueOrDefault(direction) + measurement;
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>A job with its data in an engine's memory, and the queue that it is given to.</summary>
internal sealed class ResidentJob : IDisposable
{
    private const byte NoResult = 0xcd;

    private readonly Job _job;
    private readonly SoftBonEngine _engine;
    private readonly SoftBonQueue _queue;
    private readonly Action<SoftBonQueue> _call;
    private readonly List<IDisposable> _buffers = [];
    private readonly List<Action> _clears = [];
    private readonly List<Func<byte[]>> _outputs = [];

    public ResidentJob(Job job, SoftBonEngine engine)
    {
        (_job, _engine) = (job, engine);
        _queue = engine.CreateQueue();
        _call = job.Place(this);
    }

    /// <summary>An input.</summary>
    public DeviceBuffer<T> In<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DeviceBuffer<T> buffer = Make<T>(values.Length);
        buffer.CopyFrom(values);
        return buffer;
    }

    /// <summary>An output, which <see cref="Outcome"/> returns.</summary>
    public DeviceBuffer<T> Out<T>(long length)
        where T : unmanaged
    {
        DeviceBuffer<T> buffer = Make<T>(length);
        T[] values = new T[length];
        _clears.Add(() =>
        {
            MemoryMarshal.AsBytes(values.AsSpan()).Fill(NoResult);
            buffer.CopyFrom(values);
        });
        _outputs.Add(() =>
        {
            buffer.CopyTo(values);
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        });
        return buffer;
    }

    /// <summary>A call on the queue, and the wait for it.</summary>
    public void Run() => Run(1);

    /// <summary>Calls that are queued at once and waited for once.</summary>
    public void Run(int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            _call(_queue);
        }

        _queue.Synchronize();
    }

    /// <summary>The outputs' bytes, after filling them with something else and doing the job.</summary>
    public byte[] Outcome()
    {
        _job.Restart();
        _clears.ForEach(clear => clear());
        Run();
        return Outputs();
    }

    /// <summary>The outputs' bytes as they are.</summary>
    public byte[] Outputs() => [.. _outputs.SelectMany(output => output())];

    public void Dispose()
    {
        _queue.Dispose();
        _buffers.ForEach(buffer => buffer.Dispose());
    }

    private DeviceBuffer<T> Make<T>(long length)
        where T : unmanaged
    {
        DeviceBuffer<T> buffer = _engine.CreateBuffer<T>(length);
        _buffers.Add(buffer);
        return buffer;
    }
}

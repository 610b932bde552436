using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using ILGPU.Runtime;
using Microsoft.Extensions.Logging;

namespace SoftBoN.Kernels.Devices;

/// <summary>
/// The owner of one device: a thread that alone allocates, copies and launches, in the order in which it is asked, and
/// a
/// second one that waits for streams, so that waiting keeps nobody from queuing more.
/// </summary>
internal sealed class DeviceThread : IDisposable
{
    private const int MostCommands = 256;

    private readonly BoundedQueue<DeviceCommand> commands = new(MostCommands);
    private readonly BoundedQueue<(AcceleratorStream Stream, IStreamWaiter Waiter)> waits = new(MostCommands);
    private readonly ManualResetEventSlim opened = new();
    private readonly ILoggerFactory? log;
    private readonly Thread owner;
    private readonly Thread waiter;
    private DeviceState? device;
    private ExceptionDispatchInfo? failure;
    private volatile Exception? fault;

    /// <summary>Opens a device on a thread of its own.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="name">The device's name, for debuggers.</param>
    /// <param name="log">Where a fault is logged.</param>
    [RequiresDynamicCode(DeviceFeature.Why)]
    [RequiresUnreferencedCode(DeviceFeature.Why)]
    public DeviceThread(Func<DeviceState> open, string name, ILoggerFactory? log)
    {
        this.log = log;
        owner = new Thread(() => Own(open)) { IsBackground = true, Name = $"SoftBoN {name}" };
        waiter = new Thread(WaitForStreams) { IsBackground = true, Name = $"SoftBoN {name}, waiting" };
        owner.Start();
        opened.Wait();
        failure?.Throw();
        waiter.Start();
    }

    /// <summary>The device; to be looked at from elsewhere, to be used by its owner only.</summary>
    public DeviceState Device => device!;

    /// <summary>What made the device unusable for good; null while it is usable.</summary>
    public Exception? Fault => fault;

    /// <summary>Gives back device memory that nobody uses at the moment; called on the owner's thread.</summary>
    public Action<DeviceState>? Trim { get; set; }

    /// <summary>Allocates; where there is no memory, once more after a trim. On the owner's thread only.</summary>
    public MemoryBuffer Allocate(long bytes)
    {
        try
        {
            return device!.Allocate(bytes);
        }
        catch (Exception exception) when (DeviceFaults.IsOutOfMemory(exception) && Trim != null)
        {
            Trim(device!);
            return device!.Allocate(bytes);
        }
    }

    /// <summary>Asks the owner for something; never throws: a command that cannot be run fails.</summary>
    public void Post(DeviceCommand command)
    {
        if (!commands.TryAdd(command))
        {
            command.Fail(new ObjectDisposedException(nameof(SoftBonEngine)));
        }
    }

    /// <summary>Calls the waiter when everything that was queued on the stream so far is done.</summary>
    public void WhenDone(AcceleratorStream stream, IStreamWaiter target) => waits.TryAdd((stream, target));

    /// <summary>Remembers what makes the device unusable.</summary>
    public void Judge(Exception exception)
    {
        if (DeviceFaults.IsFatal(exception) && fault == null)
        {
            fault = exception;
            EngineLog.Faulted(log, device!.Description, exception);
        }
    }

    /// <summary>Runs what was asked for, closes the device and ends both threads.</summary>
    public void Dispose()
    {
        commands.Close();
        owner.Join();
        opened.Dispose();
    }

    private void Own(Func<DeviceState> open)
    {
        try
        {
            device = open();
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        opened.Set();
        if (device == null)
        {
            return;
        }

        while (commands.TryTake(out DeviceCommand command))
        {
            Run(command);
        }

        waits.Close();
        waiter.Join();
        device.Dispose();
    }

    private void Run(DeviceCommand command)
    {
        try
        {
            if (fault != null)
            {
                command.Fail(fault);
                return;
            }

            command.Execute(this, device!);
        }
        catch (Exception exception)
        {
            Judge(exception);
            command.Fail(exception);
        }
    }

    private void WaitForStreams()
    {
        while (waits.TryTake(out (AcceleratorStream Stream, IStreamWaiter Waiter) wait))
        {
            Exception? fault = null;
            try
            {
                device!.Before(DeviceStep.Synchronize);
                wait.Stream.Synchronize();
            }
            catch (Exception exception)
            {
                Judge(exception);
                fault = exception;
            }

            wait.Waiter.Completed(fault);
        }
    }
}

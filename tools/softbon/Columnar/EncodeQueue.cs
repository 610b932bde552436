using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace SoftBoN.Tool.Columnar;

/// <summary>Encodes and writes on a thread of its own, in order, a few pieces behind.</summary>
internal sealed class EncodeQueue : IDisposable
{
    private const int MostWaiting = 2;

    private readonly BlockingCollection<Action> _work = new(MostWaiting);
    private readonly StageClock _clock;
    private readonly Task _thread;
    private ExceptionDispatchInfo? _fault;

    public EncodeQueue(StageClock clock)
    {
        _clock = clock;
        _thread = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes a piece of work; throws what an earlier one threw.</summary>
    public void Add(Action work)
    {
        _fault?.Throw();
        StageMoment begin = StageMoment.Now;
        _work.Add(work);
        _clock.Subtract(Stage.Collect, begin);
    }

    /// <summary>Waits until all is written.</summary>
    public void Drain()
    {
        DrainQuietly();
        _fault?.Throw();
    }

    /// <summary>The same, whatever failed.</summary>
    public void DrainQuietly()
    {
        using var done = new ManualResetEventSlim();
        _work.Add(done.Set);
        done.Wait();
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Wait();
        _work.Dispose();
    }

    /// <summary>What ends the run is thrown on the thread that feeds this one; until then nothing more is done.</summary>
    private void Run()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
        {
            StageMoment begin = StageMoment.Now;
            try
            {
                if (_fault is null || work.Target is ManualResetEventSlim)
                {
                    work();
                }
            }
            catch (Exception fault)
            {
                _fault = ExceptionDispatchInfo.Capture(fault);
            }

            _clock.Add(Stage.Encode, begin);
        }
    }
}

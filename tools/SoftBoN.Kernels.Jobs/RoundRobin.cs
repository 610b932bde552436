using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Jobs;

/// <summary>
/// Times a case's contenders in turn, many short rounds: whatever slows the machine down for a while slows all of them,
/// so that ratios within a round hold where absolute times do not.
/// </summary>
/// <param name="work">The case.</param>
/// <param name="rounds">The number of rounds.</param>
/// <param name="warmUp">How long each contender runs before anything is timed.</param>
internal sealed class RoundRobin(WorkCase work, int rounds, TimeSpan warmUp)
{
    /// <summary>Long enough for the clock, short enough to fit between two interruptions.</summary>
    private const double ShortestTurn = 0.3e-3;

    /// <summary>The tiering compiler works in the background, once nothing new was called for 100 ms.</summary>
    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(150);

    private readonly IReadOnlyList<Contender> contenders = work.Contenders;
    private readonly int[] calls = new int[work.Contenders.Count];
    private readonly double[][] times = [.. work.Contenders.Select(_ => new double[rounds])];

    private TimeSpan busy;
    private TimeSpan wall;

    /// <summary>Checks, warms up, then measures.</summary>
    public CaseMeasurement Run()
    {
        work.Check();
        WarmUp();
        double[] allocated = [.. contenders.Select(Allocated)];
        GC.Collect();
        for (int round = 0; round < rounds; round++)
        {
            // Each goes first in its turn: being next to a certain other contender must not be anyone's lot.
            for (int i = 0; i < contenders.Count; i++)
            {
                int turn = (round + i) % contenders.Count;
                Settle(contenders[turn]);
                times[turn][round] = Turn(StackShift.Of(round, contenders.Count), contenders[turn], calls[turn]);
            }
        }

        double share = wall > TimeSpan.Zero ? busy / wall : 1.0;
        IEnumerable<Measurement> measured = contenders.Select((c, i) => new Measurement(
            c.Name, c.Role.ToString(), c.Shape.Rows, c.Shape.Columns, c.BytesPerElement, times[i], allocated[i]));
        return new CaseMeasurement(share, [.. measured]);
    }

    private void Settle(Contender contender)
    {
        if (work.Settle > TimeSpan.Zero)
        {
            Thread.Sleep(work.Settle);
            contender.Run();
        }
    }

    /// <summary>Times a turn, and adds up how much of the processor the turns got.</summary>
    private double Turn(int shift, Contender contender, int count)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        double time = TimeAt(shift, contender, count);
        if (!contender.Waits)
        {
            wall += Stopwatch.GetElapsedTime(start);
            busy += Environment.CpuUsage.TotalTime - before;
        }

        return time;
    }

    /// <summary>Times a turn with the stack moved by some bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe double TimeAt(int shift, Contender contender, int calls)
    {
        byte* moved = stackalloc byte[StackShift.Period + shift];
        Volatile.Write(ref *moved, 1);
        return Time(contender, calls);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Time(Contender contender, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            contender.Run();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)calls * contender.Shape.Elements);
    }

    private static double Allocated(Contender contender)
    {
        const int Calls = 16;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int call = 0; call < Calls; call++)
        {
            contender.Run();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls;
    }

    /// <summary>Stages with pauses, so that instrumented code is made, run for long, and replaced for good.</summary>
    private void WarmUp()
    {
        const int Stages = 4;
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                long done = 0;
                while (Stopwatch.GetElapsedTime(start) < warmUp / Stages)
                {
                    contenders[i].Run();
                    done++;
                }

                double oneCall = Stopwatch.GetElapsedTime(start).TotalSeconds / done;
                calls[i] = (int)Math.Clamp(Math.Ceiling(ShortestTurn / oneCall), 1, 1 << 20);
            }

            Thread.Sleep(CompilerPause);
        }
    }
}

using System.Collections.Concurrent;
using Orleans.TestingHost;

namespace SoftBoN.Kernels.Orleans.Tests;

/// <summary>Random schedules of silos that die, end and are added, and of clients that give up and begin anew.</summary>
public sealed class ScheduleTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Schedules = 100;
    private const int MostSilos = 4;

    private int killed;
    private int stopped;
    private int added;
    private int abandoned;

    [Fact]
    public async Task NoRowIsLostOrDoubledInAHundredSchedules()
    {
        using var local = SoftBonEngine.CreateHost();
        await using TestSilos silos = await TestSilos.Start(3);
        for (int seed = 0; seed < Schedules; seed++)
        {
            await Run(seed, silos, local);
        }

        output.WriteLine($"{killed} killed, {stopped} stopped, {added} added, {abandoned} calls given up");
        Assert.All([killed, stopped, added, abandoned], count => Assert.True(count >= 5));
    }

    private async Task Run(int seed, TestSilos silos, SoftBonEngine local)
    {
        var random = new Random(seed);
        var placed = new ConcurrentBag<(long First, long End)>();
        var options = new ClusterKernelsOptions
        {
            PartBytes = 1 << random.Next(12, 15),
            MaxPartsInFlight = random.Next(1, 33),
            ProbeAfter = TimeSpan.FromMilliseconds(50),
            Placed = (first, end) => placed.Add((first, end)),
        };
        using ClusterKernels kernels = await silos.Connect(options);
        int at = random.Next(1, 12);
        int kind = random.Next(4);
        int begun = 0;
        var happened = new TaskCompletionSource();
        using var giveUp = new CancellationTokenSource();
        Task change = Task.CompletedTask;
        silos.BeforePart = _ =>
        {
            if (Interlocked.Increment(ref begun) == at)
            {
                change = Task.Run(() => Change(kind, random.Next(), silos, giveUp));
                happened.SetResult();
            }

            return Task.CompletedTask;
        };
        int form = random.Next(1000);
        int rows = random.Next(1500, 3000);
        byte[] expected = Work(local, form, rows, seed, default);
        byte[] actual;
        try
        {
            actual = await Call(kernels.Engine, giveUp.Token);
        }
        catch (OperationCanceledException)
        {
            // The client is gone; the next one begins anew.
            placed.Clear();
            actual = await Call(kernels.Engine, default);
        }

        await (happened.Task.IsCompleted ? change : Task.CompletedTask).WaitAsync(TestSilos.Patience);
        Assert.Equal(expected, actual);
        long next = 0;
        foreach ((long first, long end) in placed.Order())
        {
            Assert.Equal(next, first);
            next = end;
        }

        Assert.Equal(rows, next);

        Task<byte[]> Call(SoftBonEngine engine, CancellationToken cancellationToken) =>
            Task.Run(() => Work(engine, form, rows, seed, cancellationToken), CancellationToken.None)
                .WaitAsync(TestSilos.Patience, CancellationToken.None);
    }

    /// <summary>One operation on one batch, so that rows are counted once.</summary>
    private static byte[] Work(SoftBonEngine engine, int form, int rows, int seed, CancellationToken cancellationToken)
    {
        var batch = new Batch(seed, rows);
        return form % 2 == 0 ? batch.Select(engine, form, cancellationToken) : batch.SoftWeights(engine, form, cancellationToken);
    }

    private async Task Change(int kind, int choice, TestSilos silos, CancellationTokenSource giveUp)
    {
        InProcessSiloHandle[] active = [.. silos.Silos.Where(silo => silo.IsActive)];
        if (kind == 3)
        {
            abandoned++;
            await giveUp.CancelAsync();
        }
        else if (kind == 2 ? active.Length >= MostSilos : active.Length > 1)
        {
            InProcessSiloHandle victim = active[choice % active.Length];
            if (kind == 0)
            {
                killed++;
                await silos.Kill(victim);
            }
            else
            {
                stopped++;
                await silos.Stop(victim);
            }
        }
        else
        {
            added++;
            await silos.Add();
        }
    }
}

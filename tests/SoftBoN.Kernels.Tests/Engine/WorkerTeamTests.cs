namespace SoftBoN.Kernels.Tests.Engine;

/// <summary>Helpers come, work, leave before the call returns whatever happens to it, and end with the team.</summary>
[Collection(NotParallel.Name)]
public sealed unsafe class WorkerTeamTests
{
    private const long Rows = 64;

    /// <summary>So many that the team shares, in chunks of one row.</summary>
    private const long Work = Rows * 16 * 1024;

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Helpers_take_part_and_every_row_is_done_once(int degree)
    {
        using var team = new WorkerTeam(degree);
        int* done = stackalloc int[(int)Rows];
        var threads = new HashSet<int>();
        RowRange range = (args, first, end, _) =>
        {
            lock (threads)
            {
                threads.Add(Environment.CurrentManagedThreadId);
            }

            for (long row = first; row < end; row++)
            {
                Interlocked.Increment(ref ((int*)args)[row]);
            }

            Thread.Sleep(1);
        };

        team.Run(range, done, Rows, Work, CancellationToken.None);

        Assert.All(new ReadOnlySpan<int>(done, (int)Rows).ToArray(), times => Assert.Equal(1, times));
        Assert.InRange(threads.Count, 2, degree);
    }

    [Fact]
    public void Small_calls_stay_on_their_thread()
    {
        using var team = new WorkerTeam(4);
        int here = Environment.CurrentManagedThreadId;
        int strangers = 0;
        RowRange range = (_, _, _, _) => strangers += Environment.CurrentManagedThreadId == here ? 0 : 1;

        team.Run(range, null, Rows, WorkerTeam.WorthSharing - 1, CancellationToken.None);

        Assert.Equal(0, strangers);
    }

    [Fact]
    public void An_interrupted_caller_waits_for_its_helpers()
    {
        using var team = new WorkerTeam(4);
        Thread caller = Thread.CurrentThread;
        int inside = 0;
        RowRange range = (_, _, _, _) =>
        {
            if (Thread.CurrentThread == caller)
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref inside) > 0, TimeSpan.FromSeconds(10));
                return;
            }

            Interlocked.Increment(ref inside);
            caller.Interrupt();
            Thread.Sleep(20);
            Interlocked.Decrement(ref inside);
        };

        team.Run(range, null, 4, Work, CancellationToken.None);

        Assert.Equal(0, Volatile.Read(ref inside));
        Assert.Throws<ThreadInterruptedException>(() => Thread.Sleep(1000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_row_throws_reaches_the_caller_and_the_team_goes_on(bool inHelper)
    {
        using var team = new WorkerTeam(3);
        Thread caller = Thread.CurrentThread;
        RowRange faulty = (_, _, _, _) =>
        {
            Thread.Sleep(1);
            if ((Thread.CurrentThread != caller) == inHelper)
            {
                throw new InvalidDataException("a row");
            }
        };
        long rows = 0;
        RowRange sound = (_, first, end, _) => Interlocked.Add(ref rows, end - first);

        var error = Assert.Throws<InvalidDataException>(
            () => team.Run(faulty, null, Rows, Work, CancellationToken.None));
        team.Run(sound, null, Rows, Work, CancellationToken.None);

        Assert.Equal("a row", error.Message);
        Assert.Equal(Rows, rows);
    }

    [Fact]
    public void Without_threads_a_roster_has_nobody_and_tries_again()
    {
        bool full = true;
        var roster = new WorkerRoster(1, self => full ? throw new InsufficientMemoryException("no thread") : new Worker(self));

        Assert.Null(roster.Take());
        Assert.Null(roster.Take());
        full = false;
        Worker? worker = roster.Take();
        Assert.NotNull(worker);
        Assert.Null(roster.Take());

        worker.Start(null);
        roster.Close();
        Assert.Null(roster.Take());
    }

    [Fact]
    public void A_team_that_nobody_disposes_is_collected_and_its_threads_end()
    {
        WeakReference[] threads = UseAndForget();
        for (int trial = 0; trial < 200 && threads.Any(thread => thread.IsAlive); trial++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.NotEmpty(threads);
        Assert.All(threads, thread => Assert.False(thread.IsAlive));
    }

    private static WeakReference[] UseAndForget()
    {
        var team = new WorkerTeam(4);
        int caller = Environment.CurrentManagedThreadId;
        var threads = new HashSet<Thread>();
        RowRange range = (_, _, _, _) =>
        {
            lock (threads)
            {
                if (Environment.CurrentManagedThreadId != caller)
                {
                    threads.Add(Thread.CurrentThread);
                }
            }

            Thread.Sleep(1);
        };
        team.Run(range, null, Rows, Work, CancellationToken.None);
        return [.. threads.Select(thread => new WeakReference(thread))];
    }
}

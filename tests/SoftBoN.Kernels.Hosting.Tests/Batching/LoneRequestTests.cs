using System.Collections.Concurrent;

namespace SoftBoN.Kernels.Hosting.Tests.Batching;

/// <summary>Requests that run alone are bounded as batches are: so many at a time, so many more wait.</summary>
public sealed class LoneRequestTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task More_than_may_run_wait_and_more_than_may_wait_are_rejected()
    {
        var operation = new GatedOperation();
        await using var batcher = new MicroBatcher<int, int>(operation, new() { MaxConcurrency = 1, QueueLimit = 2 });
        Task<int>[] requests = await Behind(operation, batcher, [1, -7]);
        var full = await Assert.ThrowsAsync<QueueFullException>(() => batcher.RunAlone(9, null, default));
        Assert.Contains("2 requests wait already", full.Message, StringComparison.Ordinal);
        operation.Gate.Set();
        Assert.Equal(0, await requests[0].WaitAsync(Patience));
        Assert.Equal(2, await requests[1].WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => requests[2].WaitAsync(Patience));
        Assert.Equal(6, await batcher.RunAlone(3, null, default).WaitAsync(Patience));
        Assert.Equal(new BatcherCounts(5, 3, 1, 0, 0, 1, 4), batcher.Counts);
    }

    [Fact]
    public async Task They_wait_without_bound_where_the_options_say_so_until_they_are_given_up()
    {
        var operation = new GatedOperation();
        var options = new BatcherOptions { MaxConcurrency = 1, QueueLimit = 1, WhenFull = QueueFullMode.Wait };
        await using var batcher = new MicroBatcher<int, int>(operation, options);
        Task<int>[] requests = await Behind(operation, batcher, [1, 2, 3]);
        using var cancellation = new CancellationTokenSource();
        Task<int> cancelled = batcher.RunAlone(-4, null, cancellation.Token);
        Task<int> expired = batcher.RunAlone(-5, TimeSpan.FromMilliseconds(10), default);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        await Assert.ThrowsAsync<TimeoutException>(() => expired.WaitAsync(Patience));
        operation.Gate.Set();
        int[] answers = await Task.WhenAll(requests).WaitAsync(Patience);
        Assert.Equal([0, 2, 4, 6], answers);
        Assert.Equal(new BatcherCounts(6, 4, 0, 1, 1, 0, 4), batcher.Counts);
    }

    [Fact]
    public async Task The_end_waits_for_those_that_wait_and_takes_no_more()
    {
        var operation = new GatedOperation();
        var batcher = new MicroBatcher<int, int>(operation, new() { MaxConcurrency = 1 });
        Task<int>[] requests = await Behind(operation, batcher, [1, 2]);
        Task end = batcher.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.RunAlone(9, null, default));
        Assert.False(end.IsCompleted);
        operation.Gate.Set();
        await end.WaitAsync(Patience);
        int[] answers = await Task.WhenAll(requests);
        Assert.Equal([0, 2, 4], answers);
    }

    [Fact]
    public async Task No_more_run_at_a_time_than_may_and_counts_add_up()
    {
        const int Callers = 8;
        const int Each = 50;
        var operation = new CountingOperation();
        var batcher = new MicroBatcher<int, int>(operation, new() { MaxConcurrency = 2, QueueLimit = 4 });
        var requests = new ConcurrentBag<(int Input, Task<int> Answer)>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Factory.StartNew(
            () =>
            {
                for (int input = caller * Each; input < (caller + 1) * Each; input++)
                {
                    requests.Add((input, batcher.RunAlone(input, null, default)));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).WaitAsync(Patience);
        await batcher.DisposeAsync().AsTask().WaitAsync(Patience);
        int rejected = 0;
        foreach ((int input, Task<int> answer) in requests)
        {
            if (answer.IsFaulted)
            {
                await Assert.ThrowsAsync<QueueFullException>(() => answer);
                rejected++;
            }
            else
            {
                Assert.Equal(input, await answer);
            }
        }

        Assert.InRange(operation.Most, 1, 2);
        Assert.InRange(rejected, 1, (Callers * Each) - 1);
        int completed = (Callers * Each) - rejected;
        Assert.Equal(new BatcherCounts(Callers * Each, completed, 0, 0, 0, rejected, completed), batcher.Counts);
    }

    [Fact]
    public void No_places_at_all_are_refused()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => new MicroBatcher<int, int>(new GatedOperation(), new() { MaxConcurrency = 0 }));
        Assert.Contains("MaxConcurrency", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Must be at least 1", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Requests behind one that has the only place, which is the first of those returned.</summary>
    private static async Task<Task<int>[]> Behind(
        GatedOperation operation, MicroBatcher<int, int> batcher, int[] inputs)
    {
        operation.Gate.Reset();
        Task<int> first = Task.Run(() => batcher.RunAlone(0, null, default));
        Assert.True(await Task.Run(() => operation.Started.Wait(Patience)));
        return [first, .. inputs.Select(input => batcher.RunAlone(input, null, default))];
    }

    /// <summary>Returns its inputs, and counts how many it has at a time.</summary>
    private sealed class CountingOperation : IBatchOperation<int, int>
    {
        private readonly Lock gate = new();
        private int running;

        public int Most { get; private set; }

        public string Name => "count";

        public int RowsOf(int input) => 1;

        public int[] Run(IReadOnlyList<int> inputs)
        {
            lock (gate)
            {
                Most = Math.Max(Most, ++running);
            }

            Thread.Sleep(1);
            lock (gate)
            {
                running--;
            }

            return [.. inputs];
        }
    }
}

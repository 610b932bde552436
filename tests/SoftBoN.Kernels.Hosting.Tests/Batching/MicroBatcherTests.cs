namespace SoftBoN.Kernels.Hosting.Tests.Batching;

public sealed class MicroBatcherTests
{
    [Fact]
    public async Task Requests_that_wait_are_one_batch_within_its_rows()
    {
        var operation = new GatedOperation();
        await using var batcher = new MicroBatcher<int, int>(operation, new() { MaxBatchRows = 8 });
        Task<int>[] requests = await Behind(operation, batcher, [.. Enumerable.Range(1, 20)]);
        operation.Gate.Set();
        Assert.Equal(Enumerable.Range(1, 20).Select(i => 2 * i), (await Task.WhenAll(requests))[1..]);
        Assert.Equal([1, 8, 8, 4], operation.BatchSizes);
    }

    [Fact]
    public async Task A_request_waits_for_company_no_longer_than_the_time_budget()
    {
        var operation = new GatedOperation();
        var options = new BatcherOptions { MaxBatchRows = 2, MaxDelay = TimeSpan.FromSeconds(20) };
        await using var batcher = new MicroBatcher<int, int>(operation, options);
        Task<int> first = batcher.Submit(1, null, default);
        await Task.Delay(50);
        Assert.False(first.IsCompleted);
        await Task.WhenAll(first, batcher.Submit(2, null, default)).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([2], operation.BatchSizes);

        await using var hasty = new MicroBatcher<int, int>(operation, new() { MaxDelay = TimeSpan.FromMilliseconds(5) });
        Assert.Equal(6, await hasty.Submit(3, null, default).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>Requests that came while another batch ran are enough already.</summary>
    [Fact]
    public async Task A_full_batch_waits_for_nobody()
    {
        var operation = new GatedOperation();
        var options = new BatcherOptions { MaxBatchRows = 2, MaxDelay = TimeSpan.FromMinutes(1) };
        await using var batcher = new MicroBatcher<int, int>(operation, options);
        operation.Gate.Reset();
        Task<int>[] requests = [.. Enumerable.Range(1, 6).Select(i => batcher.Submit(i, null, default))];
        operation.Gate.Set();
        int[] doubled = await Task.WhenAll(requests).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([2, 4, 6, 8, 10, 12], doubled);
        Assert.Equal([2, 2, 2], operation.BatchSizes);
    }

    [Fact]
    public async Task An_error_in_a_batch_is_that_of_its_cause_alone()
    {
        var operation = new GatedOperation();
        await using var batcher = new MicroBatcher<int, int>(operation, new());
        Task<int>[] requests = await Behind(operation, batcher, [1, -7, 3]);
        operation.Gate.Set();
        Assert.Equal(2, await requests[1]);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => requests[2]);
        Assert.Contains("-7", fault.Message, StringComparison.Ordinal);
        Assert.Equal(6, await requests[3]);
        Assert.Equal(new BatcherCounts(4, 3, 1, 0, 0, 0, 5), batcher.Counts);
    }

    [Fact]
    public async Task Cancelled_and_expired_requests_end_at_once_and_are_not_run()
    {
        var operation = new GatedOperation();
        await using var batcher = new MicroBatcher<int, int>(operation, new());
        Task<int>[] running = await Behind(operation, batcher, []);
        using var cancellation = new CancellationTokenSource();
        Task<int> cancelled = batcher.Submit(-1, null, cancellation.Token);
        Task<int> expired = batcher.Submit(-2, TimeSpan.FromMilliseconds(20), default);
        Task<int> other = batcher.Submit(4, TimeSpan.FromMinutes(5), default);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(TimeSpan.FromSeconds(10)));
        var fault = await Assert.ThrowsAsync<TimeoutException>(() => expired.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Contains("20 ms", fault.Message, StringComparison.Ordinal);
        operation.Gate.Set();
        Assert.Equal(8, await other);
        await Task.WhenAll(running);
        Assert.Equal([1, 1], operation.BatchSizes);
        Assert.Equal(new BatcherCounts(4, 2, 0, 1, 1, 0, 2), batcher.Counts);
    }

    [Fact]
    public async Task A_full_queue_rejects()
    {
        var operation = new GatedOperation();
        await using var batcher = new MicroBatcher<int, int>(operation, new() { QueueLimit = 2 });
        Task<int>[] requests = await Behind(operation, batcher, [1, 2]);
        var fault = await Assert.ThrowsAsync<QueueFullException>(() => batcher.Submit(3, null, default));
        Assert.Contains("2 requests wait already", fault.Message, StringComparison.Ordinal);
        operation.Gate.Set();
        await Task.WhenAll(requests);
        Assert.Equal(new BatcherCounts(4, 3, 0, 0, 0, 1, 2), batcher.Counts);
    }

    [Fact]
    public async Task A_full_queue_lets_requests_wait_for_room_until_they_are_given_up()
    {
        var operation = new GatedOperation();
        var options = new BatcherOptions { QueueLimit = 1, WhenFull = QueueFullMode.Wait };
        await using var batcher = new MicroBatcher<int, int>(operation, options);
        Task<int>[] requests = await Behind(operation, batcher, [1, 2, 3]);
        using var cancellation = new CancellationTokenSource();
        Task<int> cancelled = batcher.Submit(4, null, cancellation.Token);
        Task<int> expired = batcher.Submit(5, TimeSpan.FromMilliseconds(10), default);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(TimeSpan.FromSeconds(10)));
        await Assert.ThrowsAsync<TimeoutException>(() => expired.WaitAsync(TimeSpan.FromSeconds(10)));
        operation.Gate.Set();
        int[] answers = await Task.WhenAll(requests);
        Assert.Equal([0, 2, 4, 6], answers);
        Assert.Equal(4, batcher.Counts.Completed);
    }

    [Fact]
    public async Task The_end_waits_for_what_is_queued_and_takes_no_more()
    {
        var operation = new GatedOperation();
        var batcher = new MicroBatcher<int, int>(operation, new());
        Task<int>[] requests = await Behind(operation, batcher, [1, 2, 3]);
        Task end = batcher.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.Submit(9, null, default));
        Assert.False(end.IsCompleted);
        operation.Gate.Set();
        await end.WaitAsync(TimeSpan.FromSeconds(10));
        int[] answers = await Task.WhenAll(requests);
        Assert.Equal([0, 2, 4, 6], answers);
    }

    [Fact]
    public async Task The_end_waits_for_what_runs_alone_and_a_second_end_for_the_first()
    {
        var operation = new GatedOperation();
        var batcher = new MicroBatcher<int, int>(operation, new());
        operation.Gate.Reset();
        Task<int> request = Task.Run(() => batcher.RunAlone(3, null, default));
        Assert.True(await Task.Run(() => operation.Started.Wait(TimeSpan.FromSeconds(30))));
        Task[] ends = [batcher.DisposeAsync().AsTask(), batcher.DisposeAsync().AsTask()];
        await Assert.ThrowsAsync<ObjectDisposedException>(() => batcher.RunAlone(9, null, default));
        Assert.All(ends, end => Assert.False(end.IsCompleted));
        operation.Gate.Set();
        await Task.WhenAll(ends).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(6, await request);
        Assert.Equal(new BatcherCounts(2, 1, 0, 0, 0, 1, 1), batcher.Counts);
    }

    [Fact]
    public async Task Under_every_fault_at_once_each_request_ends_once_and_counts_add_up()
    {
        var operation = new GatedOperation();
        var batcher = new MicroBatcher<int, int>(operation, new() { QueueLimit = 16, MaxBatchRows = 8 });
        Task<string>[] clients = [.. Enumerable.Range(0, 16).Select(client => Task.Run(() => Client(batcher, client)))];
        await Task.Delay(500);
        await batcher.DisposeAsync();
        string[] wrong = [.. (await Task.WhenAll(clients)).Where(answer => answer != "")];
        Assert.Empty(wrong);
        BatcherCounts counts = batcher.Counts;
        Assert.Equal(
            counts.Submitted,
            counts.Completed + counts.Failed + counts.Cancelled + counts.Expired + counts.Rejected);
        Assert.All(
            [counts.Completed, counts.Failed, counts.Cancelled, counts.Rejected],
            count => Assert.True(count > 0, $"{counts}"));
    }

    [Theory]
    [InlineData(0, 0, 1, "Must be at least 1")]
    [InlineData(1, -1, 1, "Must be 0 to 1 minute")]
    [InlineData(1, 0, 0, "Must be at least 1")]
    public void Options_out_of_range_throw(int rows, int delay, int limit, string cure)
    {
        var options = new BatcherOptions
        {
            MaxBatchRows = rows,
            MaxDelay = TimeSpan.FromSeconds(delay),
            QueueLimit = limit,
        };
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => new MicroBatcher<int, int>(new GatedOperation(), options));
        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Requests until the batcher ends; returns what was wrong.</summary>
    private static async Task<string> Client(MicroBatcher<int, int> batcher, int client)
    {
        var random = new Random(client);
        while (true)
        {
            int input = random.Next(1, 1000);
            int fate = random.Next(4);
            using var cancellation = new CancellationTokenSource();
            try
            {
                Task<int> request = batcher.Submit(
                    fate == 0 ? -input : input, fate == 1 ? TimeSpan.FromMilliseconds(random.Next(2)) : null, cancellation.Token);
                if (fate == 2)
                {
                    await cancellation.CancelAsync();
                }

                int answer = await request;
                if (fate == 0 || answer != 2 * input)
                {
                    return $"{input} with fate {fate} had {answer}";
                }
            }
            catch (InvalidOperationException fault) when (fault is ObjectDisposedException)
            {
                return "";
            }
            catch (InvalidOperationException fault) when (fate == 0 && fault.Message.Contains($"-{input}.", StringComparison.Ordinal))
            {
                // The one clear error of a request at fault.
            }
            catch (TimeoutException) when (fate == 1)
            {
                // Its deadline.
            }
            catch (OperationCanceledException) when (fate == 2)
            {
                // Its own cancellation.
            }
            catch (QueueFullException)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Submits requests behind one that holds up the loop, which is the first of those returned.</summary>
    private static async Task<Task<int>[]> Behind(
        GatedOperation operation, MicroBatcher<int, int> batcher, int[] inputs)
    {
        operation.Gate.Reset();
        Task<int> first = batcher.Submit(0, null, default);
        Assert.True(await Task.Run(() => operation.Started.Wait(TimeSpan.FromSeconds(30))));
        return [first, .. inputs.Select(input => batcher.Submit(input, null, default))];
    }
}

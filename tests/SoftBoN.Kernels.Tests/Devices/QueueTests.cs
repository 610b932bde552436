using ILGPU.Runtime.OpenCL;
using SoftBoN.Kernels.Devices;

namespace SoftBoN.Kernels.Tests.Devices;

/// <summary>One program with buffers and queues runs on every backend and returns what a call returns.</summary>
public sealed class QueueTests
{
    private static readonly float[] Rewards = new RandomRewards(531).Row(300, Mood.SomeExcluded);

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public async Task Copies_and_operations_in_order(SoftBonBackend backend)
    {
        const int Rows = 15;
        const int Columns = 20;
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using PinnedBuffer<float> staging = engine.CreatePinnedBuffer<float>(Rewards.Length);
        using PinnedBuffer<int> picked = engine.CreatePinnedBuffer<int>(Rows * 2);
        using DeviceBuffer<float> rewards = engine.CreateBuffer<float>(Rewards.Length);
        using DeviceBuffer<float> weights = engine.CreateBuffer<float>(Rewards.Length + 5);
        using DeviceBuffer<float> lambdas = engine.CreateBuffer<float>(Rows);
        using DeviceBuffer<ulong> seeds = engine.CreateBuffer<ulong>(Rows);
        using DeviceBuffer<int> index = engine.CreateBuffer<int>(Rows * 2);
        using DeviceBuffer<RowStatus> status = engine.CreateBuffer<RowStatus>(Rows);
        using SoftBonQueue queue = engine.CreateQueue();
        float[] lambda = [.. Enumerable.Range(0, Rows).Select(row => row * 0.25f)];
        lambdas.CopyFrom(lambda);
        seeds.CopyFrom([.. Enumerable.Range(0, Rows).Select(row => (ulong)row * 31)]);
        Rewards.CopyTo(staging.Span);

        queue.CopyIn(staging, rewards);
        var layout = DeviceRows.Dense(Rows, Columns);
        queue.SoftWeights(rewards, layout, lambdas, new() { Weights = weights, Status = status });
        queue.Select(
            rewards, layout, new() { Lambda = lambdas, Seed = seeds, Draws = 2 }, new() { Index = index });
        queue.CopyOut(index, picked);
        await queue.WhenDone();

        var batch = Batch.Dense(Rewards, Rows, Columns);
        var pick = new Pick(Temperature.PerRow(lambda))
        {
            Seeds = [.. Enumerable.Range(0, Rows).Select(row => (ulong)row * 31)],
            Draws = 2,
        };
        WeightsResult expected = WeightsResult.Of(Engines.Reference, batch, Temperature.PerRow(lambda));
        float[] actual = new float[Rewards.Length];
        weights.CopyTo(actual);
        Bitwise.Same(expected.Weights, actual, "weights");
        Assert.Equal(expected.Status, status.Read());
        Assert.Equal(SelectionResult.Of(Engines.Reference, batch, pick).Index, picked.Span.ToArray());
    }

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Strided_ragged_and_mapped_rows_give_what_calls_give(SoftBonBackend backend)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<float> rewards = engine.BufferOf(Rewards);
        long[] offsets = [0, 3, 3, 50, 120, 300];
        long[] starts = [200, 0, 17];
        int[] lengths = [90, 40, 1];
        long[] packed = [0, 90, 130];
        using DeviceBuffer<long> deviceOffsets = engine.BufferOf(offsets);
        using DeviceBuffer<long> deviceStarts = engine.BufferOf(starts);
        using DeviceBuffer<int> deviceLengths = engine.BufferOf(lengths);
        using DeviceBuffer<long> devicePacked = engine.BufferOf(packed);

        AssertMajority(engine, rewards, DeviceRows.Strided(7, 10, 40, 3), Batch.Strided(Rewards, 7, 10, 40, 3));
        AssertMajority(engine, rewards, DeviceRows.Ragged(deviceOffsets, 180, 300), Batch.Ragged(Rewards, offsets));
        AssertMajority(
            engine,
            rewards,
            DeviceRows.Mapped(deviceStarts, deviceLengths, devicePacked, 90, 131),
            Batch.Mapped(Rewards, starts, lengths));
    }

    [Theory]
    [OnBackend(SoftBonBackend.Reference)]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Rows_that_are_out_of_range_count_as_empty(SoftBonBackend backend)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<float> rewards = engine.BufferOf(Rewards);
        // In range, before the memory, behind it, too long, negative, beyond the packed arrays, absurd, in range.
        long[] starts = [10, -1, 295, 0, 5, 0, long.MaxValue, 299];
        int[] lengths = [5, 5, 6, 31, -4, 20, 7, 1];
        long[] packed = [0, 5, 5, 5, 5, 90, 5, 99];
        using DeviceBuffer<long> deviceStarts = engine.BufferOf(starts);
        using DeviceBuffer<int> deviceLengths = engine.BufferOf(lengths);
        using DeviceBuffer<long> devicePacked = engine.BufferOf(packed);
        using DeviceBuffer<RowStatus> status = engine.CreateBuffer<RowStatus>(8);
        using DeviceBuffer<float> weights = engine.BufferOf(new float[100]);
        using SoftBonQueue queue = engine.CreateQueue();

        var rows = DeviceRows.Mapped(deviceStarts, deviceLengths, devicePacked, longestRow: 30, candidates: 100);
        queue.SoftWeights(rewards, rows, float.PositiveInfinity, new() { Status = status, Weights = weights });
        queue.Synchronize();

        RowStatus[] expected = [.. Enumerable.Repeat(RowStatus.Empty, 8)];
        expected[0] = Status(Rewards[10..15]);
        expected[7] = Status(Rewards[299..]);
        Assert.Equal(expected, status.Read());
        Assert.All(weights.Read()[5..99], weight => Assert.Equal(0, weight));
    }

    /// <summary>
    /// Places are announced to be the rows' own. Where they are not, those rows may take each other's elements, and nothing else
    /// happens: what lies behind the announced places has the elements of the shorter row.
    /// </summary>
    [Theory]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Rows_that_share_packed_places_touch_nothing_else(SoftBonBackend backend)
    {
        const int Candidates = 1300;
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using DeviceBuffer<float> rewards = engine.BufferOf(new RandomRewards(532).Row(Candidates, Mood.Normal));
        uint[] elements = [.. Enumerable.Range(0, 2 * Candidates).Select(i => i < Candidates ? 5000u - (uint)i : 3701u)];
        using DeviceBuffer<uint> deviceElements = engine.BufferOf(elements);
        using DeviceBuffer<long> starts = engine.BufferOf(new long[] { 0, 100, 100, 0 });
        using DeviceBuffer<int> lengths = engine.BufferOf(new[] { 100, 1200, 2, 50 });
        using DeviceBuffer<long> packed = engine.BufferOf(new long[] { 0, 100, Candidates - 2, 50 });
        using DeviceBuffer<RowStatus> status = engine.CreateBuffer<RowStatus>(4);
        using SoftBonQueue queue = engine.CreateQueue();

        for (int i = 0; i < DeviceBackends.Scale(backend, full: 20, slow: 1); i++)
        {
            queue.Select(
                rewards,
                DeviceRows.Mapped(starts, lengths, packed, longestRow: 1200, candidates: Candidates),
                new() { Lambda = 0.5f, Seed = 1, Elements = deviceElements },
                new() { Status = status });
            queue.Synchronize();
            RowStatus[] found = status.Read();
            Assert.All(found, one => Assert.True(one is RowStatus.Ok or RowStatus.DuplicateElements, $"{one}"));
        }
    }

    [Theory]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void Arguments_are_checked_before_anything_is_queued(SoftBonBackend backend)
    {
        using SoftBonEngine engine = DeviceBackends.Make(backend);
        using SoftBonEngine other = DeviceBackends.Make(backend);
        using DeviceBuffer<float> rewards = engine.BufferOf(Rewards);
        using DeviceBuffer<float> foreign = other.BufferOf(Rewards);
        using DeviceBuffer<float> small = engine.CreateBuffer<float>(3);
        using PinnedBuffer<float> pinned = engine.CreatePinnedBuffer<float>(2);
        using SoftBonQueue queue = engine.CreateQueue();
        var rows = DeviceRows.Dense(10, 30);
        DeviceBuffer<float> gone = engine.CreateBuffer<float>(300);
        gone.Dispose();
        gone.Dispose();

        Refused<ArgumentException>(
            "another engine", () => queue.SoftWeights(foreign, rows, 1, new() { Weights = rewards }));
        Refused<ArgumentException>(
            "overlaps rewards", () => queue.SoftWeights(rewards, rows, 1, new() { Weights = rewards }));
        Refused<ArgumentException>(
            "holds 3 values and 300", () => queue.SoftWeights(rewards, rows, 1, new() { Weights = small }));
        Refused<ArgumentException>(
            "has 3 values and 10", () => queue.SoftWeights(rewards, rows, small, new() { Entropy = foreign }));
        Refused<ArgumentException>("reach element", () => queue.SoftWeights(rewards, DeviceRows.Dense(11, 30), 1, new()));
        Refused<ArgumentException>("Lambda is not set", () => queue.SoftWeights(rewards, rows, default, new()));
        Refused<ArgumentException>("Seed is not set", () => queue.Select(rewards, rows, new() { Lambda = 1 }, new()));
        Refused<ArgumentException>("2 elements and 3", () => queue.CopyIn(pinned, small));
        Refused<ArgumentException>("overlaps", () => queue.Copy(rewards.Slice(0, 10), rewards.Slice(9, 10)));
        Refused<ArgumentOutOfRangeException>("Must be 0 to 300", () => rewards.Slice(301, 0));
        Refused<ArgumentOutOfRangeException>("290 elements are there", () => rewards.CopyFrom(new float[291], 10));
        Refused<ObjectDisposedException>("DeviceBuffer", () => queue.SoftWeights(gone, rows, 1, new()));
        Refused<ObjectDisposedException>("DeviceBuffer", () => gone.CopyFrom([1]));
        queue.Synchronize();
    }

    [Theory]
    [OnBackend(SoftBonBackend.Simd)]
    [OnBackend(SoftBonBackend.IlgpuCpu)]
    [OnBackend(SoftBonBackend.OpenCl)]
    [OnBackend(SoftBonBackend.Cuda)]
    public void After_the_engines_end_everything_throws_and_disposing_is_still_fine(SoftBonBackend backend)
    {
        SoftBonEngine engine = DeviceBackends.Make(backend);
        DeviceBuffer<float> buffer = engine.BufferOf(Rewards);
        PinnedBuffer<float> pinned = engine.CreatePinnedBuffer<float>(3);
        SoftBonQueue queue = engine.CreateQueue();
        queue.SoftWeights(buffer, DeviceRows.Dense(10, 30), 1, new());
        engine.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.CopyFrom([1]));
        Assert.Throws<ObjectDisposedException>(() => pinned.Span.Length);
        Assert.Throws<ObjectDisposedException>(queue.Synchronize);
        Assert.Throws<ObjectDisposedException>(() => queue.CopyIn(pinned, buffer.Slice(0, 1)));
        Assert.Throws<ObjectDisposedException>(() => engine.CreateBuffer<int>(1));
        queue.Dispose();
        pinned.Dispose();
        buffer.Dispose();
    }

    [Fact]
    public async Task A_failure_is_reported_once_and_what_was_behind_it_is_not_done()
    {
        var faults = new FaultOnce(DeviceStep.Launch, new CLException(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE));
        using SoftBonEngine engine =
            DeviceBackends.Make(SoftBonBackend.IlgpuCpu, options => options.Faults = faults);
        using DeviceBuffer<float> rewards = engine.BufferOf(Rewards);
        using DeviceBuffer<float> kl = engine.BufferOf([.. Enumerable.Repeat(-1f, 10)]);
        using SoftBonQueue queue = engine.CreateQueue();
        var rows = DeviceRows.Dense(10, 30);
        queue.Majority(rewards, rows, 1, engine.BufferOf(new int[300]), new());
        queue.SoftWeights(rewards, rows, 1, new() { KlToUniform = kl });

        DeviceExecutionException error =
            await Assert.ThrowsAsync<DeviceExecutionException>(() => queue.WhenDone().AsTask());
        Assert.Equal("Majority", error.Operation);
        Assert.All(kl.Read(), value => Assert.Equal(-1f, value));
        queue.SoftWeights(rewards, rows, 1, new() { KlToUniform = kl });
        queue.Synchronize();
        Assert.All(kl.Read(), value => Assert.True(value >= 0));
    }

    [Fact]
    public void A_buffer_may_be_disposed_of_behind_the_work_that_uses_it()
    {
        using SoftBonEngine engine = DeviceBackends.Make(SoftBonBackend.IlgpuCpu);
        using SoftBonQueue queue = engine.CreateQueue();
        using DeviceBuffer<float> entropy = engine.CreateBuffer<float>(10);
        for (int i = 0; i < 20; i++)
        {
            using DeviceBuffer<float> rewards = engine.BufferOf(Rewards);
            queue.SoftWeights(rewards, DeviceRows.Dense(10, 30), 1, new() { Entropy = entropy });
        }

        queue.Synchronize();
        WeightsResult expected =
            WeightsResult.Of(Engines.Reference, Batch.Dense(Rewards, 10, 30), Temperature.Given(1));
        Bitwise.Same(expected.Entropy, entropy.Read(), "entropy");
    }

    private static void AssertMajority(
        SoftBonEngine engine, DeviceBuffer<float> rewards, DeviceRows rows, Batch batch)
    {
        int[] answers = [.. Enumerable.Range(0, batch.Packed).Select(i => i % 4)];
        using DeviceBuffer<int> deviceAnswers = engine.BufferOf(answers);
        using DeviceBuffer<int> answer = engine.CreateBuffer<int>(batch.Count);
        using DeviceBuffer<float> share = engine.CreateBuffer<float>(batch.Count);
        using DeviceBuffer<RowStatus> status = engine.CreateBuffer<RowStatus>(batch.Count);
        using SoftBonQueue queue = engine.CreateQueue();
        queue.Majority(
            rewards,
            rows,
            0.5f,
            deviceAnswers.Slice(0, batch.Packed),
            new() { Answer = answer, Share = share, Status = status });
        queue.Synchronize();

        MajorityResult expected = MajorityResult.Of(Engines.Reference, batch, Temperature.Given(0.5f), answers);
        Assert.Equal(expected.Status, status.Read());
        Assert.Equal(expected.Answer, answer.Read());
        Bitwise.Same(expected.Share, share.Read(), "shares");
    }

    private static RowStatus Status(float[] rewards) =>
        WeightsResult.Of(Engines.Reference, Batch.Dense(rewards, 1, rewards.Length), Temperature.Given(1)).Status[0];

    private static void Refused<TError>(string message, Action call)
        where TError : Exception
    {
        TError error = Assert.Throws<TError>(call);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}

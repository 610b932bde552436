using System.Diagnostics;
using SoftBoN.Kernels;
using SoftBoN.Kernels.Cuda;

namespace SoftBoN.AttachCheck;

/// <summary>What a call costs the caller: attached calls and those of ILGPU's runtime, in turns.</summary>
internal static class Overhead
{
    private const int Rounds = 15;
    private const int Calls = 2000;
    private const int Rows = 8;
    private const int Columns = 16;

    /// <summary>Prints microseconds per call, the median of rounds and the fastest and slowest.</summary>
    public static void Print(CudaHost host, SoftBonCuda cuda)
    {
        float[] rewards = Bits.Values(Rows * Columns, 1);
        var call = new CudaSelection
        {
            Rewards = host.Put(rewards),
            Rows = CudaRows.Dense(Rows, Columns),
            Lambda = 0.5f,
            Seed = 1UL,
            Index = host.Take(Rows * sizeof(int)),
        };
        using var engine = SoftBonEngine.Create(new() { Backend = SoftBonBackend.Cuda });
        using DeviceBuffer<float> values = engine.CreateBuffer<float>(rewards.Length);
        values.CopyFrom(rewards);
        using DeviceBuffer<int> picks = engine.CreateBuffer<int>(Rows);
        using SoftBonQueue queue = engine.CreateQueue();
        double[] attached = new double[Rounds];
        double[] queued = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            attached[round] = Time(() => cuda.Select(in call), host.Wait);
            queued[round] = Time(
                () => queue.Select(
                    values, DeviceRows.Dense(Rows, Columns), new() { Lambda = 0.5f, Seed = 1UL }, new() { Index = picks }),
                queue.Synchronize);
        }

        Console.WriteLine($"attached: {Text(attached)} us a call");
        Console.WriteLine($"queue:    {Text(queued)} us a call");
    }

    private static double Time(Action call, Action wait)
    {
        call();
        wait();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Calls; i++)
        {
            call();
        }

        wait();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
    }

    private static string Text(double[] rounds)
    {
        Array.Sort(rounds);
        return FormattableString.Invariant($"{rounds[Rounds / 2]:F2} ({rounds[0]:F2} to {rounds[^1]:F2})");
    }
}

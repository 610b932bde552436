using System.Diagnostics;

namespace SoftBoN.Tool.Running;

/// <summary>One size of batch: what a call costs on the device and on the processor.</summary>
internal readonly record struct CrossoverPoint(long Candidates, double DeviceSeconds, double HostSeconds)
{
    public bool IsHostFaster => HostSeconds < DeviceSeconds;
}

/// <summary>
/// Times the same calls with the caller's memory on a device and on the processor, at sizes that double: a selection
/// and
/// soft weights with their weights, of rows of 64.
/// </summary>
internal static class Crossover
{
    private const int Columns = 64;
    private const int SmallestRows = 4;
    private const int LargestRows = 1 << 18;
    private const int Repeats = 9;

    /// <summary>Beyond this neither side gets cheaper by being measured at twice the size.</summary>
    private const double LongestCall = 0.25;

    public static IReadOnlyList<CrossoverPoint> Measure(SoftBonEngine device, SoftBonEngine host)
    {
        var points = new List<CrossoverPoint>();
        for (int rows = SmallestRows; rows <= LargestRows; rows *= 2)
        {
            float[] rewards = [.. Enumerable.Range(0, rows * Columns).Select(i => i * 2654435761L % 1000 / 250f)];
            float[] weights = new float[rewards.Length];
            int[] index = new int[rows];
            double onDevice = Median(() => Call(device, rewards, rows, weights, index));
            double onHost = Median(() => Call(host, rewards, rows, weights, index));
            points.Add(new CrossoverPoint(rewards.Length, onDevice, onHost));
            if (onDevice > LongestCall || onHost > LongestCall)
            {
                break;
            }
        }

        return points;
    }

    /// <summary>The smallest size from which on the device is faster at every size; 0 where it always is.</summary>
    public static long HostCallsBelow(IReadOnlyList<CrossoverPoint> points)
    {
        int last = points.Count - 1;
        while (last >= 0 && !points[last].IsHostFaster)
        {
            last--;
        }

        return last < 0 ? 0 : last == points.Count - 1 ? Calibration.Never : points[last + 1].Candidates;
    }

    private static void Call(SoftBonEngine engine, float[] rewards, int rows, float[] weights, int[] index)
    {
        var layout = Rows.Dense(rows, Columns);
        engine.Select(rewards, layout, new SelectionOptions { Lambda = 0.5f, Seed = 1 }, index.AsSpan());
        engine.SoftWeights(rewards, layout, 0.5f, new SoftWeightsOutputs { Weights = weights });
    }

    private static double Median(Action call)
    {
        call();
        long start = Stopwatch.GetTimestamp();
        call();
        if (Stopwatch.GetElapsedTime(start).TotalSeconds is var once && once > LongestCall)
        {
            return once;
        }

        double[] times = new double[Repeats];
        for (int i = 0; i < Repeats; i++)
        {
            start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        times.AsSpan().Sort();
        return times[Repeats / 2];
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace SoftBoN.Kernels.Bench.Setup;

/// <summary>The read bandwidth of one thread over an array of a given size, measured once per size.</summary>
internal static unsafe class ReadProbe
{
    private static readonly ConcurrentDictionary<long, double> Measured = new();

    /// <summary>GB/s of a bare sum over this many floats, the median of many passes.</summary>
    public static double GigabytesPerSecond(double elements) => Measured.GetOrAdd((long)elements, Measure);

    private static double Measure(long elements)
    {
        const double LeastNanoseconds = 0.3e9;
        using var buffer = new AlignedBuffer<float>(elements);
        var passes = new List<double>();
        double total = 0.0;
        float sum = 0f;
        while (total < 2.0 * LeastNanoseconds || passes.Count < 16)
        {
            long start = Stopwatch.GetTimestamp();
            sum += Memory.Read(buffer.Pointer, elements);
            double pass = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            total += pass;

            // The first half of the time is for the compiler.
            if (total >= LeastNanoseconds)
            {
                passes.Add(pass);
            }
        }

        Expect.Near(sum, 0.0, 0.0, "The sum of zeros");
        passes.Sort();
        return sizeof(float) * elements / passes[passes.Count / 2];
    }
}

using System.Numerics;

namespace SoftBoN.Kernels.Jobs;

/// <summary>Reading and copying, and nothing else: the ceilings.</summary>
internal static unsafe class Memory
{
    /// <summary>Slices per thread, so that a thread that starts late is not waited for.</summary>
    private const int SlicesPerThread = 8;

    /// <summary>The sum of an array's whole groups of vectors: eight chains, so it waits for loads alone.</summary>
    public static float Read(float* values, long length)
    {
        int width = Vector<float>.Count;
        Vector<float> s0 = Vector<float>.Zero;
        Vector<float> s1 = s0;
        Vector<float> s2 = s0;
        Vector<float> s3 = s0;
        Vector<float> s4 = s0;
        Vector<float> s5 = s0;
        Vector<float> s6 = s0;
        Vector<float> s7 = s0;
        float* last = values + length - (8 * width);
        for (; values <= last; values += 8 * width)
        {
            s0 += Vector.Load(values);
            s1 += Vector.Load(values + width);
            s2 += Vector.Load(values + (2 * width));
            s3 += Vector.Load(values + (3 * width));
            s4 += Vector.Load(values + (4 * width));
            s5 += Vector.Load(values + (5 * width));
            s6 += Vector.Load(values + (6 * width));
            s7 += Vector.Load(values + (7 * width));
        }

        return Vector.Sum(((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)));
    }

    /// <summary><see cref="Read"/> on all processors.</summary>
    public static float ReadOnAll(float* values, long length)
    {
        int slices = Environment.ProcessorCount * SlicesPerThread;
        float[] sums = new float[slices];
        Parallel.For(0, slices, i =>
            sums[i] = Read(values + (length * i / slices), (length * (i + 1) / slices) - (length * i / slices)));
        return sums.Sum();
    }

    /// <summary>Copies an array.</summary>
    public static void Copy(float* source, float* destination, long length) =>
        new ReadOnlySpan<float>(source, checked((int)length))
            .CopyTo(new Span<float>(destination, checked((int)length)));

    /// <summary><see cref="Copy"/> on all processors.</summary>
    public static void CopyOnAll(float* source, float* destination, long length)
    {
        int slices = Environment.ProcessorCount * SlicesPerThread;
        Parallel.For(0, slices, i =>
        {
            long first = length * i / slices;
            Copy(source + first, destination + first, (length * (i + 1) / slices) - first);
        });
    }
}

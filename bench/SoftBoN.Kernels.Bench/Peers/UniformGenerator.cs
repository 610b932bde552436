using System.Numerics;

namespace SoftBoN.Kernels.Bench.Peers;

/// <summary>
/// Uniforms for the peers, as cheap as they come: xoshiro128+ of Blackman and Vigna, whose upper bits its authors
/// recommend for floats, one stream per vector lane and two vectors side by side to hide latency. No counters, no seeds
/// per row: nothing that a composition of library calls would not need.
/// </summary>
internal sealed unsafe class UniformGenerator
{
    private const int OneBits = 0x3f800000;

    /// <summary>1 - 2^-24: moves [1, 2) to 2^-24, 3 2^-24, … 1 - 2^-24, never 0 and never 1.</summary>
    private const float Shift = 0.99999994f;

    private readonly Vector<uint>[] state = new Vector<uint>[8];

    public UniformGenerator(ulong seed)
    {
        Span<uint> lanes = stackalloc uint[Vector<uint>.Count];
        for (int i = 0; i < state.Length; i++)
        {
            foreach (ref uint lane in lanes)
            {
                lane = (uint)(SplitMix64(ref seed) >> 32);
            }

            state[i] = new Vector<uint>(lanes);
        }
    }

    /// <summary>How many uniforms are made at once; destinations have room for multiples of it.</summary>
    public static int BlockSize => 2 * Vector<uint>.Count;

    /// <summary>Uniforms on (0, 1).</summary>
    /// <param name="destination">Room for count, rounded up to whole blocks.</param>
    /// <param name="count">How many are wanted.</param>
    public void Fill(float* destination, int count)
    {
        Span<Vector<uint>> s = state;
        (Vector<uint> a0, Vector<uint> a1, Vector<uint> a2, Vector<uint> a3) = (s[0], s[1], s[2], s[3]);
        (Vector<uint> b0, Vector<uint> b1, Vector<uint> b2, Vector<uint> b3) = (s[4], s[5], s[6], s[7]);
        int width = Vector<uint>.Count;
        for (int i = 0; i < count; i += 2 * width)
        {
            Vector<float> first = Uniform(a0 + a3);
            Vector<float> second = Uniform(b0 + b3);
            Vector<uint> ta = a1 << 9;
            Vector<uint> tb = b1 << 9;
            a2 ^= a0;
            b2 ^= b0;
            a3 ^= a1;
            b3 ^= b1;
            a1 ^= a2;
            b1 ^= b2;
            a0 ^= a3;
            b0 ^= b3;
            a2 ^= ta;
            b2 ^= tb;
            a3 = (a3 << 11) | (a3 >> 21);
            b3 = (b3 << 11) | (b3 >> 21);
            first.Store(destination + i);
            second.Store(destination + i + width);
        }

        (s[0], s[1], s[2], s[3]) = (a0, a1, a2, a3);
        (s[4], s[5], s[6], s[7]) = (b0, b1, b2, b3);
    }

    private static Vector<float> Uniform(Vector<uint> words) =>
        ((words >> 9) | Vector.Create((uint)OneBits)).As<uint, float>() - Vector.Create(Shift);

    private static ulong SplitMix64(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

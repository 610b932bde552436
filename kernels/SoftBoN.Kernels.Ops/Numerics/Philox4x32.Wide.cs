using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <content>Words in vectors of 512 bits, as <see cref="Fill"/> makes them.</content>
internal static unsafe partial class Philox4x32
{
    private static bool HasWideFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => WideExponential.IsWider && Avx512F.IsSupported;
    }

    /// <summary>Two blocks side by side, which is a step of the narrower loops.</summary>
    [MethodImpl(HotLoop)]
    private static void FillWide(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        const int BlockWords = 32;
        Vector512<ulong> blockStep = Vector512.Create(8ul);
        Vector512<ulong> counters =
            Vector512.Create((ulong)(firstElement >> 2)) + Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7);
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int done = 0; done < count; done += 2 * BlockWords)
            {
                FirstRounds(in schedule.Head, counters, out WideWords a);
                FirstRounds(in schedule.Head, counters + blockStep, out WideWords b);
                counters += blockStep + blockStep;
                Round(ref a, ref b, keys, 0);
                Round(ref a, ref b, keys, 1);
                Round(ref a, ref b, keys, 2);
                Round(ref a, ref b, keys, 3);
                Round(ref a, ref b, keys, 4);
                Round(ref a, ref b, keys, 5);
                Round(ref a, ref b, keys, 6);
                Round(ref a, ref b, keys, 7);
                a.Store(words + done);
                b.Store(words + done + BlockWords);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FirstRounds(in PhiloxHead head, Vector512<ulong> counters, out WideWords c)
    {
        Vector512<ulong> c3 = Multiply(counters, Vector512.Create((ulong)M0));
        Vector512<ulong> c2 = (c3 >> 32) ^ Vector512.Create(head.Round1C2);
        c.C1 = Multiply(c2, Vector512.Create((ulong)M1));
        c.C0 = (c.C1 >> 32) ^ Vector512.Create(head.Round2C0);
        c.C2 = c3 ^ Vector512.Create(head.Round2C2);
        c.C3 = Vector512.Create(head.Round2C3);
    }

    /// <param name="a">A block.</param>
    /// <param name="b">Another.</param>
    /// <param name="keys">The schedule, in which a key fills the lanes of the narrower loops.</param>
    /// <param name="round">The round, the third being 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref WideWords a, ref WideWords b, ulong* keys, int round)
    {
        int lanes = System.Numerics.Vector<ulong>.Count;
        Vector512<ulong> k0 = Vector512.Create(keys[2 * round * lanes]);
        Vector512<ulong> k1 = Vector512.Create(keys[((2 * round) + 1) * lanes]);
        Round(ref a, k0, k1);
        Round(ref b, k0, k1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref WideWords c, Vector512<ulong> k0, Vector512<ulong> k1)
    {
        Vector512<ulong> p0 = Multiply(c.C0, Vector512.Create((ulong)M0));
        Vector512<ulong> p1 = Multiply(c.C2, Vector512.Create((ulong)M1));
        c.C0 = (p1 >> 32) ^ c.C1 ^ k0;
        c.C2 = (p0 >> 32) ^ c.C3 ^ k1;
        c.C1 = p1;
        c.C3 = p0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> a, Vector512<ulong> b) =>
        Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());

    private struct WideWords
    {
        public Vector512<ulong> C0;
        public Vector512<ulong> C1;
        public Vector512<ulong> C2;
        public Vector512<ulong> C3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(uint* words)
        {
            Vector512<ulong> low = Vector512.Create((ulong)uint.MaxValue);
            Vector512<ulong> first = Vector512.ConditionalSelect(low, C0, C1 << 32);
            Vector512<ulong> second = Vector512.ConditionalSelect(low, C2, C3 << 32);
            Avx512F.UnpackLow(first, second).AsUInt32().Store(words);
            Avx512F.UnpackHigh(first, second).AsUInt32().Store(words + Vector512<uint>.Count);
        }
    }
}

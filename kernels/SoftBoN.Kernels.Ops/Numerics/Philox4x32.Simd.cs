using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

internal static unsafe partial class Philox4x32
{
    /// <summary>Words are made in blocks of this many consecutive elements: four per 64-bit lane.</summary>
    public static int WordsPerBlock => Vector<ulong>.Count * 4;

    /// <summary>
    /// The random words of consecutive elements. Counters sit in the low halves of 64-bit lanes, where one multiply gives
    /// both halves of a product; the upper halves are never masked, because only low halves are read.
    /// </summary>
    /// <param name="words">Room for count words, rounded up to whole blocks.</param>
    /// <param name="schedule">The row's keys.</param>
    /// <param name="firstElement">A multiple of 4.</param>
    /// <param name="count">How many words are wanted.</param>
    public static void Fill(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        if (LaneOps.HasWideningMultiply)
        {
            FillWide(words, in schedule, firstElement, count);
        }
        else
        {
            FillPortable(words, in schedule, firstElement, count);
        }
    }

    /// <summary><see cref="Fill"/> for processors without a 32 x 32 -> 64 bit multiply that the runtime offers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillPortable(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        Vector<ulong> m0 = Vector.Create((ulong)M0);
        Vector<ulong> m1 = Vector.Create((ulong)M1);
        Vector<ulong> low = Vector.Create((ulong)uint.MaxValue);
        int lanes = Vector<ulong>.Count;
        ulong* lane = stackalloc ulong[lanes * 4];
        for (int done = 0; done < count; done += WordsPerBlock)
        {
            Vector<ulong> c0 = Vector.CreateSequence((ulong)((firstElement + (uint)done) >> 2), 1ul);
            Vector<ulong> c1 = Vector.Create((ulong)schedule.Key.Draw);
            Vector<ulong> c2 = Vector.Create((ulong)schedule.Key.PositionLow);
            Vector<ulong> c3 = Vector.Create((ulong)schedule.Key.PositionHigh);
            uint k0 = schedule.Key.SeedLow;
            uint k1 = schedule.Key.SeedHigh;
            for (int round = 0; round < Rounds; round++)
            {
                Vector<ulong> p0 = c0 * m0;
                Vector<ulong> p1 = c2 * m1;
                c0 = (p1 >> 32) ^ c1 ^ Vector.Create((ulong)k0);
                c1 = p1 & low;
                c2 = (p0 >> 32) ^ c3 ^ Vector.Create((ulong)k1);
                c3 = p0 & low;
                k0 += W0;
                k1 += W1;
            }

            c0.Store(lane);
            c1.Store(lane + lanes);
            c2.Store(lane + (2 * lanes));
            c3.Store(lane + (3 * lanes));
            for (int i = 0; i < lanes * 4; i++)
            {
                words[done + i] = (uint)lane[((i & 3) * lanes) + (i >> 2)];
            }
        }
    }

    /// <summary>
    /// Rounds one and two touch the counter's first word alone, so half of their products are the same for the whole row
    /// and are in the schedule.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillWide(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        int width = Vector<float>.Count;
        Vector<ulong> counters = Vector.Create((ulong)(firstElement >> 2)) + LaneOps.BlockCounters;
        Vector<ulong> blockStep = Vector.Create((ulong)Vector<ulong>.Count);
        for (int done = 0; done < count; done += 4 * width)
        {
            Block2(in schedule, counters, counters + blockStep, out Words a, out Words b);
            a.Store(words + done, width);
            if (done + (2 * width) < count)
            {
                b.Store(words + done + (2 * width), width);
            }

            counters += blockStep + blockStep;
        }
    }

    /// <summary>Two blocks side by side: one alone would wait for its own multiplies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block2(
        in PhiloxSchedule schedule, Vector<ulong> countersA, Vector<ulong> countersB, out Words a, out Words b)
    {
        Vector<ulong> m0 = Vector.Create((ulong)M0);
        Vector<ulong> m1 = Vector.Create((ulong)M1);

        a.C3 = LaneOps.MultiplyLow(countersA, m0);
        b.C3 = LaneOps.MultiplyLow(countersB, m0);
        a.C2 = (a.C3 >> 32) ^ Vector.Create(schedule.Round1C2);
        b.C2 = (b.C3 >> 32) ^ Vector.Create(schedule.Round1C2);

        a.C1 = LaneOps.MultiplyLow(a.C2, m1);
        b.C1 = LaneOps.MultiplyLow(b.C2, m1);
        a.C0 = (a.C1 >> 32) ^ Vector.Create(schedule.Round2C0);
        b.C0 = (b.C1 >> 32) ^ Vector.Create(schedule.Round2C0);
        a.C2 = a.C3 ^ Vector.Create(schedule.Round2C2);
        b.C2 = b.C3 ^ Vector.Create(schedule.Round2C2);
        a.C3 = Vector.Create(schedule.Round2C3);
        b.C3 = a.C3;

        fixed (ulong* keys = schedule.LaneKeys)
        {
            int lanes = Vector<ulong>.Count;
            for (int i = 0; i < (Rounds - 2) * 2 * lanes; i += 2 * lanes)
            {
                Vector<ulong> k0 = Vector.Load(keys + i);
                Vector<ulong> k1 = Vector.Load(keys + i + lanes);
                Round(ref a, m0, m1, k0, k1);
                Round(ref b, m0, m1, k0, k1);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Words c, Vector<ulong> m0, Vector<ulong> m1, Vector<ulong> k0, Vector<ulong> k1)
    {
        Vector<ulong> p0 = LaneOps.MultiplyLow(c.C0, m0);
        Vector<ulong> p1 = LaneOps.MultiplyLow(c.C2, m1);
        c.C0 = (p1 >> 32) ^ c.C1 ^ k0;
        c.C2 = (p0 >> 32) ^ c.C3 ^ k1;
        c.C1 = p1;
        c.C3 = p0;
    }

    private ref struct Words
    {
        public Vector<ulong> C0;
        public Vector<ulong> C1;
        public Vector<ulong> C2;
        public Vector<ulong> C3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(uint* words, int width)
        {
            Vector<ulong> first = LaneOps.JoinLowHalves(C0, C1);
            Vector<ulong> second = LaneOps.JoinLowHalves(C2, C3);
            LaneOps.UnpackLow(first, second).As<ulong, uint>().Store(words);
            LaneOps.UnpackHigh(first, second).As<ulong, uint>().Store(words + width);
        }
    }
}

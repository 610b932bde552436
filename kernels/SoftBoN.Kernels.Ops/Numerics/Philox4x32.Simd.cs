using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftBoN.Kernels.Ops.Numerics;

internal static unsafe partial class Philox4x32
{
    /// <summary>Words are made for this many consecutive elements at a time: some blocks of four per 64-bit lane.</summary>
    public static int WordsPerStep => HasWideFill ? 2 * WideBlock : Vector<ulong>.Count * 16;

    /// <summary>The longest rows that <see cref="FillRows"/> makes words of.</summary>
    public static int WordsOfShortRow => HasWideFill ? 2 * WideBlock : WordsPerBlock;

    /// <summary>Whether <see cref="FillRows"/> can be called.</summary>
    public static bool CanFillRows => LaneOps.HasWideningMultiply && LaneOps.HasManyRegisters;

    private static int WordsPerBlock => Vector<ulong>.Count * 4;

    /// <summary>
    /// The random words of consecutive elements. Counters sit in the low halves of 64-bit lanes, where one multiply gives
    /// both halves of a product; the upper halves are never masked, because only low halves are read.
    /// </summary>
    /// <param name="words">Room for count words, rounded up to whole steps of <see cref="WordsPerStep"/>.</param>
    /// <param name="schedule">The row's keys.</param>
    /// <param name="firstElement">A multiple of 4.</param>
    /// <param name="count">How many words are wanted.</param>
    public static void Fill(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        if (HasWideFill)
        {
            FillWide(words, in schedule, firstElement, count);
        }
        else if (LaneOps.HasWideningMultiply && LaneOps.HasManyRegisters)
        {
            FillBy4(words, in schedule, firstElement, count);
        }
        else if (LaneOps.HasWideningMultiply)
        {
            FillBy2(words, in schedule, firstElement, count);
        }
        else
        {
            FillPortable(words, in schedule, firstElement, count);
        }
    }

    /// <summary>The random words of any elements.</summary>
    /// <param name="words">Room for as many.</param>
    /// <param name="schedule">The row's keys.</param>
    /// <param name="elements">The elements.</param>
    /// <param name="count">How many.</param>
    public static void FillAt(uint* words, in PhiloxSchedule schedule, uint* elements, int count)
    {
        int done = HasWideFill ? FillAtWide(words, in schedule, elements, count) : 0;
        for (int i = done; i < count; i++)
        {
            words[i] = Word(in schedule.Key, elements[i]);
        }
    }

    /// <summary><see cref="Fill"/> for processors without a 32 x 32 -> 64 bit multiply that the runtime offers.</summary>
    [MethodImpl(HotLoop)]
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

    /// <summary>Two blocks side by side: one alone would wait for its own multiplies.</summary>
    [MethodImpl(HotLoop)]
    private static void FillBy2(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        int blockWords = 2 * Vector<float>.Count;
        int step = 2 * Vector<ulong>.Count;
        Vector<ulong> blockStep = Vector.Create((ulong)Vector<ulong>.Count);
        Vector<ulong> counters = Vector.Create((ulong)(firstElement >> 2)) + LaneOps.BlockCounters;
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int done = 0; done < count; done += 2 * blockWords)
            {
                FirstRounds(in schedule.Head, counters, out Words a);
                FirstRounds(in schedule.Head, counters + blockStep, out Words b);
                counters += blockStep + blockStep;

                // Written out: in a loop, half of the instructions would move vectors from register to register.
                Round(ref a, ref b, keys);
                Round(ref a, ref b, keys + step);
                Round(ref a, ref b, keys + (2 * step));
                Round(ref a, ref b, keys + (3 * step));
                Round(ref a, ref b, keys + (4 * step));
                Round(ref a, ref b, keys + (5 * step));
                Round(ref a, ref b, keys + (6 * step));
                Round(ref a, ref b, keys + (7 * step));
                a.Store(words + done);
                b.Store(words + done + blockWords);
            }
        }
    }

    /// <summary>Four blocks side by side, where there are registers for them.</summary>
    [MethodImpl(HotLoop)]
    private static void FillBy4(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        int blockWords = 2 * Vector<float>.Count;
        Vector<ulong> blockStep = Vector.Create((ulong)Vector<ulong>.Count);
        Vector<ulong> counters = Vector.Create((ulong)(firstElement >> 2)) + LaneOps.BlockCounters;
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int done = 0; done < count; done += 4 * blockWords)
            {
                FirstRounds(in schedule.Head, counters, out Words a);
                FirstRounds(in schedule.Head, counters += blockStep, out Words b);
                FirstRounds(in schedule.Head, counters += blockStep, out Words c);
                FirstRounds(in schedule.Head, counters += blockStep, out Words d);
                counters += blockStep;
                LastRounds(ref a, ref b, ref c, ref d, keys);
                a.Store(words + done);
                b.Store(words + done + blockWords);
                c.Store(words + done + (2 * blockWords));
                d.Store(words + done + (3 * blockWords));
            }
        }
    }

    /// <summary>
    /// The words of rows that are at most <see cref="WordsOfShortRow"/> long and share a seed: some rows side by side, where
    /// one row's steps would wait for each other, or mostly make words that nobody wants.
    /// </summary>
    /// <param name="words">Room for the rows and a step; whole blocks are made of each, in order.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="schedule">The rows' keys.</param>
    /// <param name="heads">Each row's head.</param>
    /// <param name="rows">How many.</param>
    public static void FillRows(uint* words, int stride, in PhiloxSchedule schedule, PhiloxHead* heads, int rows)
    {
        if (HasWideFill && stride <= WideBlock / 2)
        {
            FillHalvesWide(words, stride, in schedule, heads, rows);
        }
        else if (HasWideFill && stride > WideBlock)
        {
            FillTwoBlocksWide(words, stride, in schedule, heads, rows);
        }
        else if (HasWideFill)
        {
            FillRowsWide(words, stride, in schedule, heads, rows);
        }
        else
        {
            FillRowsBy4(words, stride, in schedule, heads, rows);
        }
    }

    [MethodImpl(HotLoop)]
    private static void FillRowsBy4(uint* words, int stride, in PhiloxSchedule schedule, PhiloxHead* heads, int rows)
    {
        Vector<ulong> counters = LaneOps.BlockCounters;
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int row = 0; row < rows; row += 4)
            {
                // Behind the last row come copies of it.
                int last = rows - 1;
                int r1 = Math.Min(row + 1, last);
                int r2 = Math.Min(row + 2, last);
                int r3 = Math.Min(row + 3, last);
                FirstRounds(in heads[row], counters, out Words a);
                FirstRounds(in heads[r1], counters, out Words b);
                FirstRounds(in heads[r2], counters, out Words c);
                FirstRounds(in heads[r3], counters, out Words d);
                LastRounds(ref a, ref b, ref c, ref d, keys);
                a.Store(words + (row * stride));
                b.Store(words + (r1 * stride));
                c.Store(words + (r2 * stride));
                d.Store(words + (r3 * stride));
            }
        }
    }

    /// <summary>
    /// Rounds one and two touch the counter's first word alone, so half of their products are the same for the whole row
    /// and are in the schedule.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FirstRounds(in PhiloxHead head, Vector<ulong> counters, out Words c)
    {
        Vector<ulong> c3 = LaneOps.MultiplyLow(counters, Vector.Create((ulong)M0));
        Vector<ulong> c2 = (c3 >> 32) ^ Vector.Create(head.Round1C2);
        c.C1 = LaneOps.MultiplyLow(c2, Vector.Create((ulong)M1));
        c.C0 = (c.C1 >> 32) ^ Vector.Create(head.Round2C0);
        c.C2 = c3 ^ Vector.Create(head.Round2C2);
        c.C3 = Vector.Create(head.Round2C3);
    }

    /// <summary>The other rounds; written out: in a loop, vectors would be moved from register to register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LastRounds(ref Words a, ref Words b, ref Words c, ref Words d, ulong* keys)
    {
        int step = 2 * Vector<ulong>.Count;
        Round(ref a, ref b, ref c, ref d, keys);
        Round(ref a, ref b, ref c, ref d, keys + step);
        Round(ref a, ref b, ref c, ref d, keys + (2 * step));
        Round(ref a, ref b, ref c, ref d, keys + (3 * step));
        Round(ref a, ref b, ref c, ref d, keys + (4 * step));
        Round(ref a, ref b, ref c, ref d, keys + (5 * step));
        Round(ref a, ref b, ref c, ref d, keys + (6 * step));
        Round(ref a, ref b, ref c, ref d, keys + (7 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Words a, ref Words b, ref Words c, ref Words d, ulong* keys)
    {
        Round(ref a, ref b, keys);
        Round(ref c, ref d, keys);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref Words a, ref Words b, ulong* keys)
    {
        Vector<ulong> m0 = Vector.Create((ulong)M0);
        Vector<ulong> m1 = Vector.Create((ulong)M1);
        Vector<ulong> k0 = Vector.Load(keys);
        Vector<ulong> k1 = Vector.Load(keys + Vector<ulong>.Count);
        Round(ref a, m0, m1, k0, k1);
        Round(ref b, m0, m1, k0, k1);
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

    private struct Words
    {
        public Vector<ulong> C0;
        public Vector<ulong> C1;
        public Vector<ulong> C2;
        public Vector<ulong> C3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(uint* words)
        {
            Vector<ulong> first = LaneOps.JoinLowHalves(C0, C1);
            Vector<ulong> second = LaneOps.JoinLowHalves(C2, C3);
            LaneOps.UnpackLow(first, second).As<ulong, uint>().Store(words);
            LaneOps.UnpackHigh(first, second).As<ulong, uint>().Store(words + Vector<uint>.Count);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftBoN.Kernels.Ops.Numerics;

/// <content>Words in vectors of 512 bits, as <see cref="Fill"/> makes them.</content>
internal static unsafe partial class Philox4x32
{
    /// <summary>Words in a block of these.</summary>
    private const int WideBlock = 32;

    private static bool HasWideFill
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => WideExponential.IsWider && Avx512F.IsSupported;
    }

    /// <summary>The words of 32 elements each, as many as there are whole such groups; returns how many elements.</summary>
    [MethodImpl(HotLoop)]
    private static int FillAtWide(uint* words, in PhiloxSchedule schedule, uint* elements, int count)
    {
        int done = 0;
        var head = new WideHead(in schedule.Head);
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (; done <= count - 32; done += 32)
            {
                Vector512<ulong> e0 = Wide(elements + done);
                Vector512<ulong> e1 = Wide(elements + done + 8);
                Vector512<ulong> e2 = Wide(elements + done + 16);
                Vector512<ulong> e3 = Wide(elements + done + 24);
                FirstRounds(in head, e0 >> 2, out WideWords a);
                FirstRounds(in head, e1 >> 2, out WideWords b);
                FirstRounds(in head, e2 >> 2, out WideWords c);
                FirstRounds(in head, e3 >> 2, out WideWords d);
                LastRounds(ref a, ref b, ref c, ref d, keys);
                a.StoreOne(e0, words + done);
                b.StoreOne(e1, words + done + 8);
                c.StoreOne(e2, words + done + 16);
                d.StoreOne(e3, words + done + 24);
            }
        }

        return done;

        static Vector512<ulong> Wide(uint* from) => Avx512F.ConvertToVector512UInt64(Vector256.Load(from));
    }

    private static Vector512<ulong> WideCounters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7);
    }

    /// <summary>Four blocks side by side, and the last two, which are a step of the narrower loops, by themselves.</summary>
    [MethodImpl(HotLoop)]
    private static void FillWide(uint* words, in PhiloxSchedule schedule, uint firstElement, int count)
    {
        Vector512<ulong> blockStep = Vector512.Create(8ul);
        Vector512<ulong> counters = Vector512.Create((ulong)(firstElement >> 2)) + WideCounters;
        var head = new WideHead(in schedule.Head);
        fixed (ulong* keys = schedule.LaneKeys)
        {
            int done = 0;
            for (; done < count - (2 * WideBlock); done += 4 * WideBlock)
            {
                FirstRounds(in head, counters, out WideWords a);
                FirstRounds(in head, counters += blockStep, out WideWords b);
                FirstRounds(in head, counters += blockStep, out WideWords c);
                FirstRounds(in head, counters += blockStep, out WideWords d);
                counters += blockStep;
                LastRounds(ref a, ref b, ref c, ref d, keys);
                a.Store(words + done);
                b.Store(words + done + WideBlock);
                c.Store(words + done + (2 * WideBlock));
                d.Store(words + done + (3 * WideBlock));
            }

            if (done < count)
            {
                FirstRounds(in head, counters, out WideWords a);
                FirstRounds(in head, counters + blockStep, out WideWords b);
                LastRounds(ref a, ref b, keys);
                a.Store(words + done);
                b.Store(words + done + WideBlock);
            }
        }
    }

    /// <summary><see cref="FillRows"/> of rows that are at most half a block long, two in a block.</summary>
    [MethodImpl(HotLoop)]
    private static void FillHalvesWide(
        uint* words, int stride, in PhiloxSchedule schedule, PhiloxHead* heads, int rows)
    {
        Vector512<ulong> counters = Vector512.Create(0ul, 2, 1, 3, 0, 2, 1, 3);
        int last = rows - 1;
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int row = 0; row < rows; row += 8)
            {
                // Behind the last row come copies of it.
                FirstRounds(PairOf(heads, row, last), counters, out WideWords a);
                FirstRounds(PairOf(heads, row + 2, last), counters, out WideWords b);
                FirstRounds(PairOf(heads, row + 4, last), counters, out WideWords c);
                FirstRounds(PairOf(heads, row + 6, last), counters, out WideWords d);
                LastRounds(ref a, ref b, ref c, ref d, keys);
                StorePair(in a, words, stride, row, last);
                StorePair(in b, words, stride, row + 2, last);
                StorePair(in c, words, stride, row + 4, last);
                StorePair(in d, words, stride, row + 6, last);
            }
        }
    }

    /// <summary><see cref="FillRows"/> of rows that are at most two blocks long, two rows side by side.</summary>
    [MethodImpl(HotLoop)]
    private static void FillTwoBlocksWide(
        uint* words, int stride, in PhiloxSchedule schedule, PhiloxHead* heads, int rows)
    {
        Vector512<ulong> front = WideCounters;
        Vector512<ulong> back = front + Vector512.Create(8ul);
        int last = rows - 1;
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int row = 0; row < rows; row += 2)
            {
                int next = Math.Min(row + 1, last);
                FirstRounds(new WideHead(in heads[row]), front, out WideWords a);
                FirstRounds(new WideHead(in heads[row]), back, out WideWords b);
                FirstRounds(new WideHead(in heads[next]), front, out WideWords c);
                FirstRounds(new WideHead(in heads[next]), back, out WideWords d);
                LastRounds(ref a, ref b, ref c, ref d, keys);
                a.Store(words + (row * stride));
                b.Store(words + (row * stride) + WideBlock);
                c.Store(words + (next * stride));
                d.Store(words + (next * stride) + WideBlock);
            }
        }
    }

    /// <summary><see cref="FillRows"/> of rows that are at most a block long.</summary>
    [MethodImpl(HotLoop)]
    private static void FillRowsWide(uint* words, int stride, in PhiloxSchedule schedule, PhiloxHead* heads, int rows)
    {
        int last = rows - 1;
        fixed (ulong* keys = schedule.LaneKeys)
        {
            for (int row = 0; row < rows; row += 4)
            {
                int r1 = Math.Min(row + 1, last);
                int r2 = Math.Min(row + 2, last);
                int r3 = Math.Min(row + 3, last);
                FirstRounds(new WideHead(in heads[row]), WideCounters, out WideWords a);
                FirstRounds(new WideHead(in heads[r1]), WideCounters, out WideWords b);
                FirstRounds(new WideHead(in heads[r2]), WideCounters, out WideWords c);
                FirstRounds(new WideHead(in heads[r3]), WideCounters, out WideWords d);
                LastRounds(ref a, ref b, ref c, ref d, keys);
                a.Store(words + (row * stride));
                b.Store(words + (r1 * stride));
                c.Store(words + (r2 * stride));
                d.Store(words + (r3 * stride));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WideHead PairOf(PhiloxHead* heads, int row, int last) =>
        new(in heads[Math.Min(row, last)], in heads[Math.Min(row + 1, last)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(in WideWords pair, uint* words, int stride, int row, int last) =>
        pair.Store(words + (Math.Min(row, last) * stride), words + (Math.Min(row + 1, last) * stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FirstRounds(in WideHead head, Vector512<ulong> counters, out WideWords c)
    {
        Vector512<ulong> c3 = Multiply(counters, Vector512.Create((ulong)M0));
        Vector512<ulong> c2 = (c3 >> 32) ^ head.Round1C2;
        c.C1 = Multiply(c2, Vector512.Create((ulong)M1));
        c.C0 = (c.C1 >> 32) ^ head.Round2C0;
        c.C2 = c3 ^ head.Round2C2;
        c.C3 = head.Round2C3;
    }

    /// <summary>The other rounds; written out: in a loop, vectors would be moved from register to register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LastRounds(ref WideWords a, ref WideWords b, ref WideWords c, ref WideWords d, ulong* keys)
    {
        Round(ref a, ref b, ref c, ref d, keys, 0);
        Round(ref a, ref b, ref c, ref d, keys, 1);
        Round(ref a, ref b, ref c, ref d, keys, 2);
        Round(ref a, ref b, ref c, ref d, keys, 3);
        Round(ref a, ref b, ref c, ref d, keys, 4);
        Round(ref a, ref b, ref c, ref d, keys, 5);
        Round(ref a, ref b, ref c, ref d, keys, 6);
        Round(ref a, ref b, ref c, ref d, keys, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LastRounds(ref WideWords a, ref WideWords b, ulong* keys)
    {
        Round(ref a, ref b, keys, 0);
        Round(ref a, ref b, keys, 1);
        Round(ref a, ref b, keys, 2);
        Round(ref a, ref b, keys, 3);
        Round(ref a, ref b, keys, 4);
        Round(ref a, ref b, keys, 5);
        Round(ref a, ref b, keys, 6);
        Round(ref a, ref b, keys, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref WideWords a, ref WideWords b, ref WideWords c, ref WideWords d, ulong* keys, int round)
    {
        Round(ref a, ref b, keys, round);
        Round(ref c, ref d, keys, round);
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
            InOrder(out Vector512<uint> first, out Vector512<uint> second);
            first.Store(words);
            second.Store(words + Vector512<uint>.Count);
        }

        /// <summary>The words of two rows that share a block.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(uint* row, uint* next)
        {
            InOrder(out Vector512<uint> first, out Vector512<uint> second);
            first.GetLower().Store(row);
            second.GetLower().Store(row + Vector256<uint>.Count);
            first.GetUpper().Store(next);
            second.GetUpper().Store(next + Vector256<uint>.Count);
        }

        /// <summary>Of each counter's four words the one that its element is.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void StoreOne(Vector512<ulong> elements, uint* words)
        {
            Vector512<ulong> isOdd = Vector512.Equals(elements & Vector512.Create(1ul), Vector512.Create(1ul));
            Vector512<ulong> isBack = Vector512.Equals(elements & Vector512.Create(2ul), Vector512.Create(2ul));
            Vector512<ulong> front = Vector512.ConditionalSelect(isOdd, C1, C0);
            Vector512<ulong> back = Vector512.ConditionalSelect(isOdd, C3, C2);
            Avx512F.ConvertToVector256UInt32(Vector512.ConditionalSelect(isBack, back, front)).Store(words);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void InOrder(out Vector512<uint> first, out Vector512<uint> second)
        {
            Vector512<ulong> low = Vector512.Create((ulong)uint.MaxValue);
            Vector512<ulong> front = Vector512.ConditionalSelect(low, C0, C1 << 32);
            Vector512<ulong> back = Vector512.ConditionalSelect(low, C2, C3 << 32);
            first = Avx512F.UnpackLow(front, back).AsUInt32();
            second = Avx512F.UnpackHigh(front, back).AsUInt32();
        }
    }

    /// <summary>A row's head in every lane, or those of two rows in half of the lanes each.</summary>
    private readonly struct WideHead
    {
        public readonly Vector512<ulong> Round1C2;
        public readonly Vector512<ulong> Round2C0;
        public readonly Vector512<ulong> Round2C2;
        public readonly Vector512<ulong> Round2C3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public WideHead(in PhiloxHead row)
        {
            Round1C2 = Vector512.Create(row.Round1C2);
            Round2C0 = Vector512.Create(row.Round2C0);
            Round2C2 = Vector512.Create(row.Round2C2);
            Round2C3 = Vector512.Create(row.Round2C3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public WideHead(in PhiloxHead row, in PhiloxHead next)
        {
            Round1C2 = Pair(row.Round1C2, next.Round1C2);
            Round2C0 = Pair(row.Round2C0, next.Round2C0);
            Round2C2 = Pair(row.Round2C2, next.Round2C2);
            Round2C3 = Pair(row.Round2C3, next.Round2C3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<ulong> Pair(ulong row, ulong next) =>
            Vector512.Create(Vector256.Create(row), Vector256.Create(next));
    }
}

using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

public sealed unsafe class PhiloxTests
{
    private const uint Canary = 0xdecafbadu;

    /// <summary>The first three rows are published with the generator's own library (Random123, kat_vectors).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    [InlineData(0u, 0u, 0u, 0u, 0x2au, 0u, 0x9ceaf053u, 0x77f5493bu, 0x12bf50adu, 0x5742b3d7u)]
    [InlineData(1u, 0u, 0u, 0u, 0x2au, 0u, 0xfcdb2127u, 0x53ba6cfdu, 0x838f5a6eu, 0x744e06fbu)]
    public void Block_equals_known_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox4x32.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Words_of_seed_42_are_the_known_ones_in_element_order()
    {
        uint[] expected =
        [
            0x9ceaf053, 0x77f5493b, 0x12bf50ad, 0x5742b3d7, 0xfcdb2127, 0x53ba6cfd, 0x838f5a6e, 0x744e06fb,
        ];
        var key = NoiseKey.ForCandidate(seed: 42, position: 0, draw: 0);

        for (uint element = 0; element < expected.Length; element++)
        {
            Assert.Equal(expected[element], Philox4x32.Word(in key, element));
        }
    }

    /// <summary>Each part of a key, and the element, is in the word of the counter that is documented.</summary>
    [Fact]
    public void Key_parts_are_the_counter_and_the_key_of_the_generator()
    {
        var key = new NoiseKey(Seed: 0x299f31d0_a4093822, Position: 0x03707344_13198a2e, Draw: 0x85a308d3);
        (uint w0, uint w1, uint w2, uint w3) = Philox4x32.Block(
            0x043f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);

        uint first = 0x043f6a88u << 2;
        Assert.Equal(w0, Philox4x32.Word(in key, first));
        Assert.Equal(w1, Philox4x32.Word(in key, first + 1));
        Assert.Equal(w2, Philox4x32.Word(in key, first + 2));
        Assert.Equal(w3, Philox4x32.Word(in key, first + 3));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(12u)]
    [InlineData(1020u)]
    [InlineData(0x7ffffe00u)]
    public void Fill_equals_scalar_words_at_every_length(uint firstElement)
    {
        var key = new NoiseKey(0xfedcba98_76543210, 0x89abcdef_01234567, 0x0badcafe);
        PhiloxSchedule schedule = default;
        schedule.Set(in key);
        for (int count = 1; count <= 300; count++)
        {
            uint[] expected =
            [
                .. Enumerable.Range(0, count).Select(i => Philox4x32.Word(in key, firstElement + (uint)i)),
            ];

            Assert.Equal(expected, Filled(in schedule, firstElement, count, portable: false));
            Assert.Equal(expected, Filled(in schedule, firstElement, count, portable: true));
        }
    }

    /// <summary>A schedule keeps the keys of a seed; whatever row came before must not show.</summary>
    [Fact]
    public void A_schedule_used_for_another_row_before_gives_the_same_words()
    {
        NoiseKey[] rows =
        [
            new(1, 0, 0), new(1, 7, 0), new(1, 7, 3), new(2, 7, 3), new(0, 0, 0), new(0, 0, 1),
            new(1ul << 32, 0, 0), new(1, 1ul << 32, 0), new(1, 0, 0),
        ];
        PhiloxSchedule reused = default;
        foreach (NoiseKey key in rows)
        {
            reused.Set(in key);

            Assert.Equal(Philox4x32.Word(in key, 37), Filled(in reused, 36, 2, portable: false)[1]);
        }
    }

    /// <summary>The default schedule's seed is 0 as well, and has no keys yet.</summary>
    [Fact]
    public void A_fresh_schedule_serves_seed_zero()
    {
        NoiseKey key = default;
        PhiloxSchedule schedule = default;
        schedule.Set(in key);

        Assert.Equal(0x6627e8d5u, Filled(in schedule, 0, 1, portable: false)[0]);
    }

    [Fact]
    public void Neighbouring_keys_share_no_block()
    {
        var seen = new HashSet<(uint, uint, uint, uint)>();
        int blocks = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            for (ulong position = 0; position < 12; position++)
            {
                for (int draw = 0; draw < 12; draw++)
                {
                    var key = NoiseKey.ForCandidate(seed, position, draw);
                    for (uint element = 0; element < 64; element += 4, blocks++)
                    {
                        seen.Add((
                            Philox4x32.Word(in key, element),
                            Philox4x32.Word(in key, element + 1),
                            Philox4x32.Word(in key, element + 2),
                            Philox4x32.Word(in key, element + 3)));
                    }
                }
            }
        }

        Assert.Equal(blocks, seen.Count);
    }

    /// <summary>Flipping any one bit of a row's key, or of the element, changes about half of a word's bits.</summary>
    [Fact]
    public void Every_bit_of_a_key_matters()
    {
        var key = new NoiseKey(0x01234567_89abcdef, 0x02468ace_13579bdf, 0x00c0ffee);
        var flips = new List<NoiseKey>();
        for (int bit = 0; bit < 64; bit++)
        {
            flips.Add(key with { Seed = key.Seed ^ (1ul << bit) });
            flips.Add(key with { Position = key.Position ^ (1ul << bit) });
            flips.Add(key with { Draw = key.Draw ^ (1u << (bit & 31)) });
        }

        foreach (NoiseKey flipped in flips)
        {
            int changed = Enumerable.Range(0, 64).Sum(element => System.Numerics.BitOperations.PopCount(
                Philox4x32.Word(in key, (uint)element) ^ Philox4x32.Word(in flipped, (uint)element)));

            // 2048 fair coins: 1024 expected, standard deviation 22.6, six of them allowed.
            Assert.InRange(changed, 888, 1160);
        }
    }

    /// <summary>Rows side by side get the words that each has by itself, also where they share vectors.</summary>
    [Fact]
    public unsafe void Short_rows_get_their_own_words()
    {
        const int Rows = 11;
        const ulong Seed = 5;
        if (!Philox4x32.CanFillRows)
        {
            return;
        }

        PhiloxSchedule schedule = default;
        PhiloxHead* heads = stackalloc PhiloxHead[Rows];
        for (int row = 0; row < Rows; row++)
        {
            var key = NoiseKey.ForCandidate(Seed, (ulong)row << 30, draw: 3);
            schedule.Set(in key);
            heads[row].Set(in key);
        }

        for (int length = 1; length <= Philox4x32.WordsOfShortRow; length++)
        {
            uint[] words = new uint[(Rows * length) + Philox4x32.WordsPerStep];
            fixed (uint* pointer = words)
            {
                Philox4x32.FillRows(pointer, length, in schedule, heads, Rows);
            }

            for (int i = 0; i < Rows * length; i++)
            {
                var key = NoiseKey.ForCandidate(Seed, (ulong)(i / length) << 30, draw: 3);
                Assert.Equal(Philox4x32.Word(in key, (uint)(i % length)), words[i]);
            }
        }
    }

    /// <summary>Elements in any order, repeated, and up to the last there is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    public unsafe void Any_elements_get_their_words(int count)
    {
        var key = new NoiseKey(0x01234567_89abcdef, 0x02468ace_13579bdf, 7);
        PhiloxSchedule schedule = default;
        schedule.Set(in key);
        uint[] elements = [.. Enumerable.Range(0, count).Select(i => uint.MaxValue - ((uint)i * 2_654_435_761))];
        uint[] words = new uint[count + 1];
        words[count] = Canary;
        fixed (uint* pointer = words, first = elements)
        {
            Philox4x32.FillAt(pointer, in schedule, first, count);
        }

        Assert.Equal(Canary, words[count]);
        Assert.Equal(elements.Select(element => Philox4x32.Word(in key, element)), words[..count]);
    }

    private static uint[] Filled(in PhiloxSchedule schedule, uint firstElement, int count, bool portable)
    {
        int block = Philox4x32.WordsPerStep;
        int room = (count + block - 1) / block * block;
        uint[] words = new uint[room + 64];
        Array.Fill(words, Canary);
        fixed (uint* pointer = words)
        {
            if (portable)
            {
                Philox4x32.FillPortable(pointer, in schedule, firstElement, count);
            }
            else
            {
                Philox4x32.Fill(pointer, in schedule, firstElement, count);
            }
        }

        Assert.All(words[room..], word => Assert.Equal(Canary, word));
        return words[..count];
    }
}

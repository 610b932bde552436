using System.Numerics;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Numerics;

/// <summary>The sum's order, against its definition written down a second time, on lists.</summary>
public sealed unsafe class CanonicalSumTests
{
    public static TheoryData<int> LongLengths => new(1023, 1024, 1025, 2048, 3000, 65540, 1_048_576, 1_048_577);

    [Fact]
    public void Short_rows_are_summed_in_the_defined_order()
    {
        for (int length = 0; length <= 300; length++)
        {
            float[] values = Values(length, seed: (ulong)length);

            AssertBits(Defined(values), Sum(values));
        }
    }

    [Theory]
    [MemberData(nameof(LongLengths))]
    public void Long_rows_are_summed_in_the_defined_order(int length)
    {
        float[] values = Values(length, seed: 1);

        AssertBits(Defined(values), Sum(values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(1_048_576)]
    [InlineData(1_048_577)]
    [InlineData(1_050_000)]
    public void Vector_sums_of_segments_keep_the_order(int segments)
    {
        float[] values = Values(segments, seed: 4);
        var sum = new SegmentSums();
        foreach (float leftover in new[] { 3f, 5f })
        {
            sum.Clear();
            sum.Add(leftover);
        }

        sum.Clear();
        foreach (float value in values)
        {
            sum.Add(value);
        }

        AssertBits(Defined(values), sum.Total());
    }

    /// <summary>If the order did not matter for these values, the tests above would say nothing.</summary>
    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(65540)]
    public void Other_orders_give_other_bits(int length)
    {
        float[] values = Values(length, seed: 2);
        float[] reversed = [.. Enumerable.Reverse(values)];
        float leftToRight = 0;
        foreach (float value in values)
        {
            leftToRight += value;
        }

        Assert.NotEqual(Floats.BitsOf(leftToRight), Floats.BitsOf(Sum(values)));
        Assert.NotEqual(Floats.BitsOf(Sum(reversed)), Floats.BitsOf(Sum(values)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(2049)]
    public void Segments_summed_elsewhere_give_the_same_total(int length)
    {
        float[] values = Values(length, seed: 3);
        CanonicalSum sum = default;
        foreach (float[] segment in values.Chunk(CanonicalSum.SegmentLength))
        {
            sum.AddSegment(Sum(segment));
        }

        AssertBits(Sum(values), sum.Total());
    }

    [Fact]
    public void An_empty_sum_is_plus_zero() => AssertBits(0f, Sum([]));

    [Theory]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(5000)]
    public void A_sum_of_minus_zeros_is_plus_zero(int length) =>
        AssertBits(0f, Sum([.. Enumerable.Repeat(-0f, length)]));

    [Fact]
    public void Zeros_in_place_of_missing_elements_change_nothing()
    {
        float[] values = Values(777, seed: 4);

        AssertBits(Sum(values), Sum([.. values, .. new float[247]]));
    }

    /// <summary>Powers of two that absorb each other unless they meet in the defined pairs.</summary>
    [Fact]
    public void Lanes_of_a_group_meet_as_defined()
    {
        // (2^24 - 2^24) + (1 + 1); any order that adds 1 to 2^24 first loses it.
        AssertBits(2f, Sum([16777216f, 1f, -16777216f, 1f]));
    }

    [Fact]
    public void Vectors_combine_lanes_as_scalars_do()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            float[] lanes = Values(CanonicalSum.Lanes, seed);
            fixed (float* pointer = lanes)
            {
                AssertBits(CanonicalSum.CombineLanes(pointer), Folded(lanes));
            }
        }
    }

    /// <summary>A segment's lanes through the vector form: folds at the long distances, then within one.</summary>
    private static float Folded(float[] lanes)
    {
        int width = Vector<float>.Count;
        int folds = CanonicalSum.Lanes / LaneFold.LanesPerFold;
        var groups = new Vector<float>[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            int start = fold * LaneFold.LanesPerFold;
            groups[fold] = LaneFold.Groups(
                new Vector<float>(lanes, start),
                new Vector<float>(lanes, start + width),
                new Vector<float>(lanes, start + (2 * width)),
                new Vector<float>(lanes, start + (3 * width)));
        }

        for (int distance = folds / 2; distance > 0; distance /= 2)
        {
            for (int fold = 0; fold < distance; fold++)
            {
                groups[fold] += groups[fold + distance];
            }
        }

        return LaneFold.Within(groups[0]);
    }

    private static float Sum(float[] values)
    {
        CanonicalSum sum = default;
        foreach (float value in values)
        {
            sum.Add(value);
        }

        return sum.Total();
    }

    /// <summary>The definition: cut into segments, sum each, and sum the sums as a row.</summary>
    private static float Defined(IReadOnlyList<float> row)
    {
        if (row.Count <= 1024)
        {
            return DefinedSegment(row);
        }

        var sums = new List<float>();
        for (int start = 0; start < row.Count; start += 1024)
        {
            sums.Add(DefinedSegment([.. Slice(row, start)]));
        }

        return Defined(sums);
    }

    private static IEnumerable<float> Slice(IReadOnlyList<float> row, int start)
    {
        for (int i = start; i < Math.Min(start + 1024, row.Count); i++)
        {
            yield return row[i];
        }
    }

    private static float DefinedSegment(IReadOnlyList<float> segment)
    {
        List<float> lanes = [.. Enumerable.Repeat(0f, 128)];
        for (int i = 0; i < segment.Count; i++)
        {
            lanes[i % 128] = lanes[i % 128] + segment[i];
        }

        List<float> groups =
        [
            .. lanes.Chunk(4).Select(lane => (lane[0] + lane[2]) + (lane[1] + lane[3])),
        ];
        return Halved(groups);
    }

    /// <summary>The first half plus the second, place by place, until one is left.</summary>
    private static float Halved(List<float> sums) => sums.Count == 1
        ? sums[0]
        : Halved([.. sums.Take(sums.Count / 2).Zip(sums.Skip(sums.Count / 2), (a, b) => a + b)]);

    /// <summary>Both signs and magnitudes over 2^20, so that roundings differ with the order.</summary>
    private static float[] Values(int length, ulong seed) =>
    [
        .. RandomWords.Make(seed, length).Select(word =>
            (float)Math.ScaleB((int)(word & 0xffffff00) / 2147483648.0, (int)(word % 21))),
    ];

    private static void AssertBits(float expected, float actual) =>
        Assert.Equal(Floats.BitsOf(expected), Floats.BitsOf(actual));
}

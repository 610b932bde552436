using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>
/// Candidates are pruned by a bound from their random word, and the smallest words have no lower bound. One in a thousand
/// million candidates has such a word; this seed and position have one at element 47.
/// </summary>
public sealed unsafe class RareWordTests
{
    private const ulong Seed = 1;
    private const ulong Position = 9_805_223;
    private const int Rare = 47;

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    public void A_candidate_with_the_smallest_word_does_not_win_by_its_bound_alone(int length)
    {
        float[] rewards = new float[length];
        rewards[Rare] = -50f;
        var key = NoiseKey.ForCandidate(Seed, Position, draw: 0);
        int expected = Enumerable.Range(0, length)
            .MaxBy(i => rewards[i] + Noise.Gumbel(Philox4x32.Word(in key, (uint)i)));

        Assert.Equal(1u, Philox4x32.Word(in key, Rare));
        Assert.NotEqual(Rare, expected);
        Assert.Equal(expected, Pick(rewards, vectors: false));
        Assert.Equal(expected, Pick(rewards, vectors: true));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    public void A_candidate_with_the_smallest_word_wins_where_its_key_is_the_largest(int length)
    {
        float[] rewards = new float[length];
        rewards[Rare] = -1f;

        Assert.Equal(Rare, Pick(rewards, vectors: false));
        Assert.Equal(Rare, Pick(rewards, vectors: true));
    }

    private static int Pick(float[] rewards, bool vectors)
    {
        using var scratch = new RowScratch();
        int index = -2;
        fixed (float* values = rewards)
        {
            SelectionArgs args = default;
            args.Rows.Layout = RowLayout.Strided;
            args.Rows.Values = values;
            args.Rows.Count = 1;
            args.Rows.Columns = rewards.Length;
            args.Rows.RowStride = rewards.Length;
            args.Rows.ColumnStride = 1;
            args.Lambda.Kind = LambdaKind.Given;
            args.Lambda.Values.Scalar = 1f;
            args.Seed.Scalar = Seed;
            args.Position.Scalar = Position;
            args.Draws = 1;
            args.Index = &index;
            if (vectors)
            {
                SelectionOp.RunSimd(in args, 0, 1, scratch);
            }
            else
            {
                SelectionOp.RunReference(in args, 0, 1, scratch);
            }
        }

        return index;
    }
}

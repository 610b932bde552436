namespace SoftBoN.Kernels.Tests.RewardScoring;

/// <summary>Random calls of linear heads, the same in every run.</summary>
internal static class RandomHeads
{
    public static HeadCall Make(ulong seed, Format format, int rows, int dimension, int heads)
    {
        var random = new RandomRewards(seed);
        int gap = random.NextInt(3) * 3;
        int skip = random.NextInt(4);
        int stride = dimension + gap;
        Format weightFormat = random.NextInt(2) == 0 ? format : Format.Full;
        var call = new HeadCall(
            new StoredMatrix(format, rows, dimension, random.Row((rows * stride) + skip), stride, skip),
            new StoredMatrix(weightFormat, heads, dimension, random.Row((heads * dimension) + skip), null, skip))
        {
            Bias = random.NextInt(2) == 0 ? [] : random.Row(heads),
            RowMap = random.NextInt(2) == 0
                ? []
                : [.. Enumerable.Range(0, rows + 3).Select(_ => random.NextInt(rows))],
        };
        return random.NextInt(2) == 0
            ? call with { Mixture = random.Row(heads) }
            : call with { Gating = random.Row(call.Rows * heads) };
    }
}

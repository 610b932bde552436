using SoftBoN.Kernels.Ops;
using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Tests.TokenTilt;

/// <summary>
/// A row cut at multiples of 1024 in any way, each piece summed as a row of its own that knows nothing of the others,
/// merges to the sums of the whole row.
/// </summary>
public sealed unsafe class PiecesTests
{
    private const int Tokens = 9 * CanonicalSum.SegmentLength + 300;

    public static TheoryData<int[]> Cuts => [[9], [1], [1, 2, 3, 4, 5, 6, 7, 8, 9], [4, 5], [3, 9]];

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Pieces_of_any_shape_merge_to_the_whole_row(int[] cuts)
    {
        foreach (float temperature in new[] { 0f, 0.7f, float.PositiveInfinity })
        {
            foreach (float lambda in new[] { 0f, 0.4f, float.PositiveInfinity })
            {
                var random = new RandomRewards(641);
                var call = new TokenCase(Tokens, random.Row(Tokens, Mood.Ties))
                {
                    Rewards = random.Row(Tokens, Mood.SomeExcluded),
                    Temperatures = [temperature],
                    Lambdas = [lambda],
                };
                AssertMerges(call, cuts);
                AssertMerges(call with { Logits = Array.ConvertAll(call.Logits, l => (9 * l) - 100) }, cuts);
            }
        }
    }

    private static void AssertMerges(TokenCase call, int[] cuts)
    {
        TokenResult whole = TokenResult.Of(Engines.Reference, call);
        TokenParameters parameters = new()
        {
            HasRewards = true,
            Base = TokenScale.For(call.Temperatures[0]),
            Tilt = TokenScale.For(call.Lambdas[0]),
            TopP = 1,
            TopNSigma = float.PositiveInfinity,
        };
        using var merged = new TokenSegments();
        int first = 0;
        fixed (float* logits = call.Logits, rewards = call.Rewards)
        {
            foreach (int cut in (int[])[.. cuts, TokenSegments.CountFor(Tokens)])
            {
                int start = first * CanonicalSum.SegmentLength;
                int length = Math.Min(cut * CanonicalSum.SegmentLength, Tokens) - start;
                SumPiece(logits + start, rewards + start, length, in parameters, merged, first);
                first = cut;
            }
        }

        int count = TokenSegments.CountFor(Tokens);
        RowStatus status = TokenRowSums.Merge(merged, count, in parameters, out TokenRowSums sums);

        Assert.Equal(whole.Status[0], status);
        Bitwise.Same([whole.LogSumExp[0]], [sums.LogSumExp(in parameters)], "log-sum-exp");
        Bitwise.Same([whole.BaseLogSumExp[0]], [sums.BaseLogSumExp(in parameters)], "base log-sum-exp");
        Bitwise.Same([whole.Kl[0]], [sums.Kl(in parameters)], "KL");
        Bitwise.Same([whole.EffectiveSampleSize[0]], [sums.EffectiveSampleSize()], "effective sample size");
    }

    /// <summary>Sums a piece as a row of its own and puts its segments where they belong in the whole.</summary>
    private static void SumPiece(
        float* logits, float* rewards, int length, in TokenParameters parameters, TokenSegments merged, int first)
    {
        float sum = 0;
        TokenTiltArgs args = new()
        {
            Logits = new TokenSource { Values = logits, RowStride = length },
            Rewards = new TokenSource { Values = rewards, RowStride = length },
            Columns = length,
            Kl = &sum,
            EffectiveSampleSize = &sum,
        };
        using var scratch = new RowScratch();
        TokenLogits row = args.LogitsOf(0);
        TokenValues values = args.DenseRewardsOf(0);
        scratch.Tokens.Aim(in row, in values, in parameters);
        for (int s = 0; s < TokenSegments.CountFor(length); s++)
        {
            TokenTiltOp.SumSegmentSimd(in args, s, in parameters, scratch);
            TokenSegments own = scratch.Segments;
            merged.Logit[first + s] = own.Logit[s];
            merged.Reward[first + s] = own.Reward[s];
            merged.Score[first + s] = own.Score[s];
            merged.Sum[first + s] = own.Sum[s];
            merged.BaseSum[first + s] = own.BaseSum[s];
            merged.Deviation[first + s] = own.Deviation[s];
            merged.Squares[first + s] = own.Squares[s];
            merged.Count[first + s] = own.Count[s];
        }
    }
}

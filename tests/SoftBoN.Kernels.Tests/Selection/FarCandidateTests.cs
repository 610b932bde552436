using SoftBoN.Kernels.Ops;

namespace SoftBoN.Kernels.Tests.Selection;

/// <summary>
/// Candidates so far below the best, or with offsets so low, that their x has no finite float: still in play, and alone
/// among themselves they have the probabilities of equals.
/// </summary>
public sealed unsafe class FarCandidateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Distinct_draws_beyond_the_best_share_what_is_left(bool vectors)
    {
        float[] logProbabilities = Draw([1000f, 0f, 0f], offsets: null, lambda: 2.4e-38f, draws: 3, vectors);

        Assert.Equal(0f, logProbabilities[0]);
        Assert.Equal(-Math.Log(2), logProbabilities[1], 1e-6);
        Assert.Equal(0f, logProbabilities[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Offsets_near_the_lowest_float_leave_a_distribution(bool vectors)
    {
        float[] logProbabilities = Draw([0f, 0f], [-3e38f, -3e38f], lambda: 1f, draws: 1, vectors);

        Assert.Equal(-Math.Log(2), logProbabilities[0], 1e-6);
    }

    private static float[] Draw(float[] rewards, float[]? offsets, float lambda, int draws, bool vectors)
    {
        using var scratch = new RowScratch();
        float[] logProbabilities = new float[draws];
        fixed (float* values = rewards, nudges = offsets, results = logProbabilities)
        {
            SelectionArgs args = default;
            args.Rows.Layout = RowLayout.Strided;
            args.Rows.Values = values;
            args.Rows.Count = 1;
            args.Rows.Columns = rewards.Length;
            args.Rows.RowStride = rewards.Length;
            args.Rows.ColumnStride = 1;
            args.Lambda.Kind = LambdaKind.Given;
            args.Lambda.Values.Scalar = lambda;
            args.Draws = draws;
            args.Distinct = true;
            args.Offsets = nudges;
            args.LogProbability = results;
            if (vectors)
            {
                SelectionOp.RunSimd(in args, 0, 1, scratch);
            }
            else
            {
                SelectionOp.RunReference(in args, 0, 1, scratch);
            }
        }

        return logProbabilities;
    }
}

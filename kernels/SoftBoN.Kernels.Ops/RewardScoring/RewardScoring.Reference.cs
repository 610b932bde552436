namespace SoftBoN.Kernels.Ops;

/// <summary>The oracle: one product after the other.</summary>
internal static unsafe partial class RewardScoringOp
{
    /// <summary>Scores of rows first to end - 1.</summary>
    public static void RunReference(in RewardScoringArgs args, long first, long end, RowScratch scratch)
    {
        scratch.Reserve(args.Heads);
        float* scores = scratch.Row;
        for (long row = first; row < end; row++)
        {
            TokenValues hidden = args.HiddenOf(row);
            for (int head = 0; head < args.Heads; head++)
            {
                scores[head] = Score(in args, head, DotProduct(hidden, args.Weights[head], args.Dimension));
            }

            RowStatus status = StatusOf(in args, row, scores);
            status = status == RowStatus.Ok ? StatusOfShares(in args, row) : status;
            Write(in args, row, scores, Mix(args.SharesOf(row), scores, args.Heads), status);
        }
    }
}

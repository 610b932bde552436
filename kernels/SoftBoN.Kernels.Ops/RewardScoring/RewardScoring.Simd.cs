namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Scores with vectors: some rows at a time, segment by segment, so that a segment of weights that came from afar
/// serves all of them, and a segment of hidden values all heads.
/// </summary>
internal static unsafe partial class RewardScoringOp
{
    /// <summary>Floats from a head's prepared weights to the next head's.</summary>
    public static int PreparedStride(int dimension) => VectorRow.RoundUp(dimension);

    /// <summary>
    /// Brings weights into the form of vector loops: float32, as they count, in whole folds filled up with 0.
    /// </summary>
    /// <param name="args">The batch.</param>
    /// <param name="destination">Room for <see cref="PreparedStride"/> floats per head.</param>
    public static void PrepareWeights(in RewardScoringArgs args, float* destination)
    {
        int stride = PreparedStride(args.Dimension);
        for (int head = 0; head < args.Heads; head++)
        {
            TokenValues weights = args.Weights[head];
            FeatureLoad.Factors(weights, 0, args.Dimension, destination + ((long)head * stride), weights.Start);
        }
    }

    /// <summary>Scores of rows first to end - 1.</summary>
    public static void RunSimd(in RewardScoringArgs args, long first, long end, RowScratch scratch)
    {
        HeadTile tile = scratch.Heads;
        tile.Reserve(args.Dimension, args.Heads);
        for (long row = first; row < end; row += HeadTile.MostRows)
        {
            tile.Score(in args, row, end);
            int rows = (int)Math.Min(HeadTile.MostRows, end - row);
            for (int i = 0; i < rows; i++)
            {
                Finish(in args, row + i, tile.ScoresOf(i));
            }
        }
    }

    private static void Finish(in RewardScoringArgs args, long row, float* scores)
    {
        for (int head = 0; args.Bias != null && head < args.Heads; head++)
        {
            scores[head] = Score(in args, head, scores[head]);
        }

        RowStatus status = StatusOf(in args, row, scores);
        status = status == RowStatus.Ok ? StatusOfShares(in args, row) : status;
        Write(in args, row, scores, Mix(args.SharesOf(row), scores, args.Heads), status);
    }
}

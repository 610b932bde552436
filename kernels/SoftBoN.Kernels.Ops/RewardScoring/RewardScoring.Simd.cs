using SoftBoN.Kernels.Ops.Numerics;

namespace SoftBoN.Kernels.Ops;

/// <summary>
/// Scores with vectors: some rows at a time, segment by segment, so that a segment of weights that came from afar
/// serves all of them, and a segment of hidden values all heads.
/// </summary>
internal static unsafe partial class RewardScoringOp
{
    /// <summary>Floats from a head's prepared weights to the next head's.</summary>
    public static int PreparedStride(int dimension) =>
        (int)(((long)dimension + CanonicalSum.Lanes - 1) / CanonicalSum.Lanes * CanonicalSum.Lanes);

    /// <summary>
    /// Brings weights into the form of vector loops: float32, as they count, filled up with 0 to whole lanes.
    /// </summary>
    /// <param name="args">The batch.</param>
    /// <param name="destination">Room for <see cref="PreparedStride"/> floats per head.</param>
    public static void PrepareWeights(in RewardScoringArgs args, float* destination)
    {
        int stride = PreparedStride(args.Dimension);
        for (int head = 0; head < args.Heads; head++)
        {
            TokenValues weights = args.Weights[head];
            float* factors = destination + ((long)head * stride);
            FeatureLoad.Factors(weights, 0, args.Dimension, factors, weights.Start);
            new Span<float>(factors + args.Dimension, stride - args.Dimension).Clear();
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

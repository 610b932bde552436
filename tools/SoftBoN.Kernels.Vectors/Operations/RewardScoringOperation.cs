using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>
/// Reward scoring with all its outputs: the rows' rewards are pooled, calibrated, penalized, and are hidden values of
/// two
/// heads in each format.
/// </summary>
internal sealed class RewardScoringOperation() : Operation(
    "reward-scoring",
    new("sum", OutputShape.PerRow),
    new("mean", OutputShape.PerRow),
    new("last", OutputShape.PerRow),
    new("min", OutputShape.PerRow),
    new("max", OutputShape.PerRow),
    new("product", OutputShape.PerRow),
    new("logProduct", OutputShape.PerRow),
    new("discountedSum", OutputShape.PerRow),
    new("meanLessVariance", OutputShape.PerRow),
    new("zScore", OutputShape.PerCandidate),
    new("minMax", OutputShape.PerCandidate),
    new("quantile", OutputShape.PerCandidate),
    new("tableLevel", OutputShape.PerCandidate),
    new("clipped", OutputShape.PerCandidate),
    new("penalized", OutputShape.PerCandidate),
    new("float32Reward", OutputShape.PerRow),
    new("halfReward", OutputShape.PerRow),
    new("bFloat16Reward", OutputShape.PerRow),
    new("status", OutputShape.PerRow, IsInteger: true))
{
    private const int FirstCalibration = 9;
    private const int Penalized = 14;
    private const int FirstHead = 15;

    private static readonly RewardPooling[] Poolings =
    [
        RewardPooling.Sum, RewardPooling.Mean, RewardPooling.Last, RewardPooling.Min, RewardPooling.Max,
        RewardPooling.Product, RewardPooling.LogProduct, RewardPooling.DiscountedSum(0.9f),
        RewardPooling.MeanLessVariance(0.5f),
    ];

    /// <summary>-8, -8, -7.5, -7.5, ... 8.</summary>
    private static readonly float[] Table = [.. Enumerable.Range(0, 65).Select(i => ((i + 1) / 2 * 0.5f) - 8f)];

    public override bool HasKernels => false;

    protected override void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Poolings.Length; i++)
        {
            var memory = new RewardOutputs
            {
                Reward = outputs.Floats(i),
                Status = Poolings[i] == RewardPooling.Sum ? outputs.Status : default,
            };
            engine.PoolRewards(batch.Rewards, batch.Rows.ToRows(), Poolings[i], memory, cancellationToken);
        }

        Calibrate(0, RewardCalibration.ZScore);
        Calibrate(1, RewardCalibration.MinMax);
        Calibrate(2, RewardCalibration.Quantile);
        Calibrate(3, RewardCalibration.FromTable(Table));
        Calibrate(4, RewardCalibration.Clip(-0.75f, 1.25f));
        Penalize(engine, batch, outputs.Floats(Penalized));
        for (int stored = 0; stored < 3; stored++)
        {
            Score(engine, batch, (TokenStorage)stored, outputs.Floats(FirstHead + stored));
        }

        void Calibrate(int number, RewardCalibration calibration) => engine.CalibrateRewards(
            batch.Rewards,
            batch.Rows.ToRows(),
            calibration,
            new RewardOutputs { Reward = outputs.Floats(FirstCalibration + number) },
            cancellationToken);
    }

    /// <summary>Log-probabilities from -8 to 0, and lengths from 0 to 99.</summary>
    private static void Penalize(SoftBonEngine engine, VectorBatch batch, Span<float> rewards)
    {
        int count = batch.Rows.Packed;
        var penalty = new RewardPenalty
        {
            Beta = 0.25f,
            LogProbability = Inputs.Floats($"negative seed=92 count={count} from=120 to=129"),
            ReferenceLogProbability = Inputs.Floats($"negative seed=93 count={count} from=120 to=129"),
            Gamma = 0.01f,
            Length = Enumerable.Range(0, count).Select(i => i % 100).ToArray(),
        };
        float[] packed = [.. Enumerable.Range(0, batch.Rows.Count).SelectMany(batch.RewardsOf)];
        engine.PenalizeRewards(packed, penalty, new RewardOutputs { Reward = rewards });
    }

    /// <summary>Rows of one length in one call, others one by one; a row of nothing has no reward.</summary>
    private static void Score(SoftBonEngine engine, VectorBatch batch, TokenStorage stored, Span<float> rewards)
    {
        RowsShape rows = batch.Rows;
        int[] lengths = [.. Enumerable.Range(0, rows.Count).Select(rows.LengthOf)];
        int rowsPerCall = lengths.Distinct().Count() == 1 ? rows.Count : 1;
        for (int row = 0; row < rows.Count && !rewards.IsEmpty; row += rowsPerCall)
        {
            Span<float> part = rewards.Slice(row, rowsPerCall);
            part.Fill(float.NegativeInfinity);
            if (lengths[row] > 0)
            {
                float[] hidden = [.. Enumerable.Range(row, rowsPerCall).SelectMany(batch.RewardsOf)];
                Score(engine, TokenInputs.Matrix(hidden, stored, rowsPerCall, lengths[row], lengths[row]), part);
            }
        }
    }

    private static void Score(SoftBonEngine engine, TokenMatrix hidden, Span<float> rewards)
    {
        float[] weights = Inputs.Floats($"grid seed=91 count={2 * hidden.Columns}");
        engine.ScoreRewards(
            hidden,
            new RewardHead { Weights = TokenMatrix.Of(weights, 2, hidden.Columns), Bias = [0.125f, -3f] },
            new RewardScoringOptions { Mixture = [0.75f, 0.25f] },
            new RewardScoringOutputs { Reward = rewards });
    }
}

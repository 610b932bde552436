using SoftBoN.Kernels.Vectors.Data;

namespace SoftBoN.Kernels.Vectors.Operations;

/// <summary>
/// Reward scoring with all its outputs: the rows' rewards are pooled, calibrated, penalized, and are hidden values of two
/// heads in each format. A row's status is the first that is not Ok of its float32 score, sum, log-product and penalties.
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
    /// <summary>The first of five outputs: rewards on a scale.</summary>
    public const int FirstCalibration = 9;

    /// <summary>The output of penalties.</summary>
    public const int Penalized = 14;

    /// <summary>The first of three outputs: rewards of hidden values in each format.</summary>
    public const int FirstHead = 15;

    /// <summary>The prices of penalties.</summary>
    public const float Beta = 0.25f;
    public const float Gamma = 0.01f;

    /// <summary>The range that rewards are clipped to.</summary>
    public const float Low = -0.75f;
    public const float High = 1.25f;

    /// <summary>The first nine outputs, in the order of the kinds.</summary>
    public static readonly RewardPooling[] Poolings =
    [
        RewardPooling.Sum, RewardPooling.Mean, RewardPooling.Last, RewardPooling.Min, RewardPooling.Max,
        RewardPooling.Product, RewardPooling.LogProduct, RewardPooling.DiscountedSum(0.9f),
        RewardPooling.MeanLessVariance(0.5f),
    ];

    /// <summary>-8, -8, -7.5, -7.5, ... 8.</summary>
    public static readonly float[] Table = [.. Enumerable.Range(0, 65).Select(i => ((i + 1) / 2 * 0.5f) - 8f)];

    protected override void Run(
        SoftBonEngine engine, VectorBatch batch, OutputBuffers outputs, CancellationToken cancellationToken)
    {
        var statuses = new List<RowStatus[]>();
        for (int i = 0; i < Poolings.Length; i++)
        {
            bool tells = Poolings[i] == RewardPooling.Sum || Poolings[i] == RewardPooling.LogProduct;
            RowStatus[] status = new RowStatus[tells ? outputs.Status.Length : 0];
            var memory = new RewardOutputs { Reward = outputs.Floats(i), Status = status };
            engine.PoolRewards(batch.Rewards, batch.Rows.ToRows(), Poolings[i], memory, cancellationToken);
            statuses.Add(status);
        }

        Calibrate(0, RewardCalibration.ZScore);
        Calibrate(1, RewardCalibration.MinMax);
        Calibrate(2, RewardCalibration.Quantile);
        Calibrate(3, RewardCalibration.FromTable(Table));
        Calibrate(4, RewardCalibration.Clip(Low, High));
        statuses.Add(Penalize(engine, batch, outputs.Floats(Penalized), outputs.Status.Length > 0));
        for (int stored = 0; stored < 3; stored++)
        {
            RowStatus[] status = new RowStatus[stored == (int)TokenStorage.Float32 ? outputs.Status.Length : 0];
            Score(engine, batch, (TokenStorage)stored, outputs.Floats(FirstHead + stored), status);
            statuses.Insert(0, status);
        }

        for (int row = 0; row < outputs.Status.Length; row++)
        {
            outputs.Status[row] = statuses
                .Where(status => status.Length > 0)
                .Select(status => status[row])
                .FirstOrDefault(status => status != RowStatus.Ok);
        }

        void Calibrate(int number, RewardCalibration calibration) => engine.CalibrateRewards(
            batch.Rewards,
            batch.Rows.ToRows(),
            calibration,
            new RewardOutputs { Reward = outputs.Floats(FirstCalibration + number) },
            cancellationToken);
    }

    /// <summary>
    /// What candidates are penalized for: log-probabilities from -8 to 0, and lengths that are the answers, or from 0 to 99.
    /// </summary>
    public static (float[] Log, float[] Reference, int[] Length) PenaltyInputs(VectorBatch batch)
    {
        int count = batch.Rows.Packed;
        return (
            Inputs.Floats($"negative seed=92 count={count} from=120 to=129"),
            Inputs.Floats($"negative seed=93 count={count} from=120 to=129"),
            batch.Answers.Length > 0 ? batch.Answers : [.. Enumerable.Range(0, count).Select(i => i % 100)]);
    }

    /// <summary>All rewards, row after row.</summary>
    public static float[] Packed(VectorBatch batch) =>
        [.. Enumerable.Range(0, batch.Rows.Count).SelectMany(batch.RewardsOf)];

    /// <summary>Penalties; the largest status of each row.</summary>
    private static RowStatus[] Penalize(SoftBonEngine engine, VectorBatch batch, Span<float> rewards, bool wantsStatus)
    {
        int count = batch.Rows.Packed;
        (float[] log, float[] reference, int[] lengths) = PenaltyInputs(batch);
        var penalty = new RewardPenalty
        {
            Beta = Beta,
            LogProbability = log,
            ReferenceLogProbability = reference,
            Gamma = Gamma,
            Length = lengths,
        };
        float[] packed = Packed(batch);
        RowStatus[] status = new RowStatus[wantsStatus ? count : 0];
        engine.PenalizeRewards(packed, penalty, new RewardOutputs { Reward = rewards, Status = status });
        RowStatus[] largest = new RowStatus[wantsStatus ? batch.Rows.Count : 0];
        int first = 0;
        for (int row = 0; row < largest.Length; row++)
        {
            int length = batch.Rows.LengthOf(row);
            largest[row] = status.AsSpan(first, length).ToArray().Append(RowStatus.Ok).Max();
            first += length;
        }

        return largest;
    }

    /// <summary>The calls that score a batch: rows of one length in one, others one by one; none for empty rows.</summary>
    public static IEnumerable<HeadCall> HeadCalls(VectorBatch batch)
    {
        RowsShape rows = batch.Rows;
        int[] lengths = [.. Enumerable.Range(0, rows.Count).Select(rows.LengthOf)];
        int rowsPerCall = lengths.Distinct().Count() == 1 ? rows.Count : 1;
        for (int row = 0; row < rows.Count; row += rowsPerCall)
        {
            if (lengths[row] > 0)
            {
                IEnumerable<int> numbers = Enumerable.Range(row, rowsPerCall);
                float[] gating = batch.Lambda.Values.IsPerRow
                    ? [.. numbers.SelectMany(i => new[] { Share(batch.Lambda.Values[i]), 0.25f })]
                    : [];
                yield return new HeadCall(
                    row, rowsPerCall, lengths[row], [.. numbers.SelectMany(batch.RewardsOf)], gating);
            }
        }
    }

    private static void Score(
        SoftBonEngine engine, VectorBatch batch, TokenStorage stored, Span<float> rewards, Span<RowStatus> status)
    {
        if (rewards.IsEmpty && status.IsEmpty)
        {
            return;
        }

        rewards.Fill(float.NegativeInfinity);
        foreach (HeadCall call in HeadCalls(batch))
        {
            var memory = new RewardScoringOutputs
            {
                Reward = rewards.IsEmpty ? default : rewards.Slice(call.FirstRow, call.Rows),
                Status = status.IsEmpty ? default : status.Slice(call.FirstRow, call.Rows),
            };
            Score(engine, TokenInputs.Matrix(call.Hidden, stored, call.Rows, call.Columns, call.Columns), call, memory);
        }
    }

    /// <summary>A share that is too large for a reward where lambda is large, and none where it is not finite.</summary>
    private static float Share(float lambda) =>
        float.IsFinite(lambda) && lambda > 4 ? float.MaxValue : lambda;

    /// <summary>With shares of the rows' own where there are some.</summary>
    private static void Score(SoftBonEngine engine, TokenMatrix hidden, HeadCall call, RewardScoringOutputs outputs) =>
        engine.ScoreRewards(
            hidden,
            new RewardHead { Weights = TokenMatrix.Of(call.Weights, 2, hidden.Columns), Bias = HeadCall.Bias },
            call.Gating.Length > 0
                ? new RewardScoringOptions { Gating = call.Gating }
                : new RewardScoringOptions { Mixture = HeadCall.Mixture },
            outputs);
}

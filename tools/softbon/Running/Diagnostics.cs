using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Running;

/// <summary>The soft weights of a batch and what they say, one value per row.</summary>
/// <param name="engine">What computes.</param>
/// <param name="all">
/// Whether lambda, log-mean-exp, chi-square and bounds are wanted too; they stay empty otherwise, as each is a pass more.
/// </param>
internal sealed class Diagnostics(SoftBonEngine engine, bool all)
{
    /// <summary>Per candidate, packed; empty unless asked for.</summary>
    public Column<float> Weights { get; } = new();

    public Column<float> Lambda { get; } = new();

    public Column<float> EffectiveSampleSize { get; } = new();

    public Column<float> Entropy { get; } = new();

    public Column<float> KlToUniform { get; } = new();

    public Column<float> ExpectedReward { get; } = new();

    public Column<float> LogMeanExp { get; } = new();

    public Column<float> ChiSquare { get; } = new();

    public Column<float> KlFromTiltBound { get; } = new();

    public Column<float> KlFromModelBound { get; } = new();

    public Column<RowStatus> Status { get; } = new();

    /// <summary>Makes room for a batch.</summary>
    public void Resize(RowBatch batch, bool weights)
    {
        Weights.Resize(weights ? batch.Rewards.Count : 0);
        foreach (Column<float> column in (ReadOnlySpan<Column<float>>)
            [EffectiveSampleSize, Entropy, KlToUniform, ExpectedReward])
        {
            column.Resize(batch.Rows);
        }

        foreach (Column<float> column in (ReadOnlySpan<Column<float>>)
            [Lambda, LogMeanExp, ChiSquare, KlFromTiltBound, KlFromModelBound])
        {
            column.Resize(all ? batch.Rows : 0);
        }

        Status.Resize(batch.Rows);
    }

    /// <summary>Computes the rows from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public void Compute(RowBatch batch, int first, int end, Lambda lambda, CancellationToken cancellationToken)
    {
        int from = (int)batch.Starts.Span[first];
        int to = (int)batch.Starts.Span[end];
        int count = end - first;
        engine.SoftWeights(
            batch.Rewards.Span,
            Rows.Ragged(batch.Starts.Span.Slice(first, count + 1)),
            lambda,
            new SoftWeightsOutputs
            {
                Weights = Weights.Count == 0 ? default : Weights.Span[from..to],
                Lambda = Wanted(Lambda, first, count),
                EffectiveSampleSize = EffectiveSampleSize.Span.Slice(first, count),
                Entropy = Entropy.Span.Slice(first, count),
                KlToUniform = KlToUniform.Span.Slice(first, count),
                ExpectedReward = ExpectedReward.Span.Slice(first, count),
                LogMeanExp = Wanted(LogMeanExp, first, count),
                ChiSquare = Wanted(ChiSquare, first, count),
                KlFromTiltBound = Wanted(KlFromTiltBound, first, count),
                KlFromModelBound = Wanted(KlFromModelBound, first, count),
                Status = Status.Span.Slice(first, count),
            },
            cancellationToken);
    }

    private static Span<float> Wanted(Column<float> column, int first, int count) =>
        column.Count == 0 ? default : column.Span.Slice(first, count);
}

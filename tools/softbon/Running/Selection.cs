using SoftBoN.Tool.Input;

namespace SoftBoN.Tool.Running;

/// <summary>The picks of a batch, with the diagnostics of the lambda under which they were made.</summary>
internal sealed class Selection(SoftBonEngine engine, SelectionSettings settings)
{
    private readonly Diagnostics _diagnostics = new(engine, all: false);
    private readonly Column<float> _lambda = new();
    private readonly Column<RowStatus> _votes = new();
    private readonly Column<float> _voteLambda = new();

    public SelectionSettings Settings => settings;

    public Diagnostics Diagnostics => _diagnostics;

    /// <summary>Per draw, [rows, draws].</summary>
    public Column<int> Index { get; } = new();

    public Column<float> Reward { get; } = new();

    public Column<float> LogProbability { get; } = new();

    public Column<float> Margin { get; } = new();

    /// <summary>Per row, given or found.</summary>
    public Column<float> Lambda => _lambda;

    public Column<RowStatus> Status { get; } = new();

    /// <summary>Per row: the first candidate that gave the answer, -1 without one; empty unless asked for.</summary>
    public Column<int> AnswerIndex { get; } = new();

    public Column<float> AnswerShare { get; } = new();

    public void Compute(RowBatch batch, CancellationToken cancellationToken)
    {
        Resize(batch);
        for (int first = 0; first < batch.Rows;)
        {
            int end = settings.Lambda.EndOfRun(batch, first);
            Pick(batch, first, end, cancellationToken);
            first = end;
        }

        if (batch.Rows > 0)
        {
            // The lambda that was used may be negative only if that was allowed; a row without one has NaN, and gets
            // NaN.
            Lambda used = SoftBoN.Kernels.Lambda.AllowNegative(_lambda.Span);
            if (!settings.PicksOnly)
            {
                _diagnostics.Compute(batch, 0, batch.Rows, used, cancellationToken);
            }

            Vote(batch, used, cancellationToken);
        }
    }

    private void Resize(RowBatch batch)
    {
        int picks = checked(batch.Rows * settings.Draws);
        Index.Resize(picks);
        Reward.Resize(picks);
        LogProbability.Resize(settings.PicksOnly ? 0 : picks);
        Margin.Resize(settings.PicksOnly ? 0 : picks);
        _lambda.Resize(batch.Rows);
        Status.Resize(batch.Rows);
        if (!settings.PicksOnly)
        {
            _diagnostics.Resize(batch, settings.Weights);
        }

        if (settings.Majority)
        {
            AnswerIndex.Resize(batch.Rows);
            AnswerShare.Resize(batch.Rows);
            _votes.Resize(batch.Rows);
            _voteLambda.Resize(batch.Rows);
        }
    }

    private void Pick(RowBatch batch, int first, int end, CancellationToken cancellationToken)
    {
        int count = end - first;
        var candidates = new Range((int)batch.Starts.Span[first], (int)batch.Starts.Span[end]);
        var picks = new Range(first * settings.Draws, end * settings.Draws);
        var options = new SelectionOptions
        {
            Lambda = settings.Lambda.Of(batch.OwnLambda.Span.Slice(first, count), batch.Lambda.Span.Slice(first, count)),
            Seed = batch.Seeds.Span.Slice(first, count),
            Position = batch.Positions.Span.Slice(first, count),
            Noise = settings.Noise,
            Offsets = batch.Offsets.Count == 0 ? default : batch.Offsets.Span[candidates],
            Elements = batch.Elements.Count == 0 ? default : batch.Elements.Span[candidates],
            Draws = settings.Draws,
            Distinct = settings.Distinct,
        };
        var outputs = new SelectionOutputs
        {
            Index = Index.Span[picks],
            Reward = Reward.Span[picks],
            LogProbability = settings.PicksOnly ? default : LogProbability.Span[picks],
            Margin = settings.PicksOnly ? default : Margin.Span[picks],
            Lambda = _lambda.Span.Slice(first, count),
            Status = Status.Span.Slice(first, count),
        };
        Rows rows = RowsOf(batch.Starts.Span.Slice(first, count + 1));
        engine.Select(batch.Rewards.Span, rows, options, outputs, cancellationToken);
    }

    /// <summary>Rows of one length are laid out as such, which the engine has shorter ways for.</summary>
    private static Rows RowsOf(ReadOnlySpan<long> starts)
    {
        long length = starts[1];
        bool areEqual = starts[0] == 0 && length > 0;
        for (int i = 1; i < starts.Length && areEqual; i++)
        {
            areEqual = starts[i] == i * length;
        }

        return areEqual ? Rows.Dense(starts.Length - 1, (int)length) : Rows.Ragged(starts);
    }

    private void Vote(RowBatch batch, Lambda used, CancellationToken cancellationToken)
    {
        if (!settings.Majority)
        {
            return;
        }

        batch.Answers.PadTo(batch.Rewards.Count, -1);
        var outputs = new MajorityOutputs
        {
            Index = AnswerIndex.Span,
            Share = AnswerShare.Span,
            Lambda = _voteLambda.Span,
            Status = _votes.Span,
        };
        var rows = Rows.Ragged(batch.Starts.Span);
        engine.Majority(batch.Rewards.Span, rows, used, batch.Answers.Span, outputs, cancellationToken);
        for (int row = 0; row < batch.Rows; row++)
        {
            ref RowStatus status = ref Status.Span[row];
            status = status.HasResult && _votes.Span[row] == RowStatus.NoVotes ? RowStatus.NoVotes : status;
        }
    }
}

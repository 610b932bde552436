using SoftBoN.Tool.Columnar;
using SoftBoN.Tool.Input;
using SoftBoN.Tool.Running;

namespace SoftBoN.Tool.Output;

/// <summary>The output of <c>softbon select</c>.</summary>
internal sealed class SelectionLines(Selection selection) : IRowWork
{
    private static readonly RowMember[] Majority =
    [
        new("answer", MemberKind.Text), new("answer_share", MemberKind.Float), new("answer_index", MemberKind.Place),
    ];

    private static readonly RowMember[] Weights = [new("weights", MemberKind.Float, IsList: true)];

    private readonly SelectionSettings _settings = selection.Settings;

    public void Compute(RowBatch batch, CancellationToken cancellationToken) =>
        selection.Compute(batch, cancellationToken);

    public void Write(RowBatch batch, int row, IRowWriter line)
    {
        if (_settings.Arrays)
        {
            WriteArrays(batch, row, line);
        }
        else
        {
            WriteOne(batch, row, line);
        }

        line.Name("lambda"u8).Number(selection.Lambda.Span[row]);
        if (!_settings.PicksOnly)
        {
            WriteDiagnostics(row, line);
        }

        line.Name("status"u8).Raw(selection.Status.Span[row].JsonTextOf(batch.MayLackCandidates));
        if (_settings.Majority)
        {
            WriteAnswer(batch, row, line);
        }

        if (_settings.Weights)
        {
            line.Name("weights"u8).Numbers(selection.Diagnostics.Weights.Span[RangeOf(batch, row)]);
        }
    }

    public IReadOnlyList<RowMember> Members { get; } = MembersOf(selection.Settings);

    public RowAnnotation Annotation => RowAnnotation.Weight;

    public ReadOnlySpan<float> ValuesOf(RowBatch batch, int row) => _settings.Weights
        ? selection.Diagnostics.Weights.Span[RangeOf(batch, row)]
        : default;

    public ReadOnlySpan<int> PicksOf(int row) => selection.Index.Span.Slice(row * _settings.Draws, _settings.Draws);

    public RowHeads Heads => _settings.Draws == 1 ? RowHeads.Pick : RowHeads.Picks;

    public RowView View(RowBatch batch, int row)
    {
        int first = row * _settings.Draws;
        Diagnostics diagnostics = selection.Diagnostics;
        return new RowView(
            selection.Index.Span[first],
            CandidateAt(batch, row, selection.Index.Span[first]),
            MeanReward(row),
            selection.Lambda.Span[row],
            _settings.PicksOnly ? float.NaN : diagnostics.EffectiveSampleSize.Span[row],
            _settings.PicksOnly ? float.NaN : diagnostics.KlToUniform.Span[row],
            selection.Status.Span[row]);
    }

    internal static Range RangeOf(RowBatch batch, int row) =>
        new((int)batch.Starts.Span[row], (int)batch.Starts.Span[row + 1]);

    private static RowMember[] MembersOf(SelectionSettings settings)
    {
        bool arrays = settings.Arrays;
        return
        [
            new("index", MemberKind.Place, arrays),
            new("candidate", MemberKind.Candidate, arrays),
            new("reward", MemberKind.Float, arrays),
            .. settings.PicksOnly ? Array.Empty<RowMember>() :
            [
                new("log_probability", MemberKind.Float, arrays),
                new("margin", MemberKind.Float, arrays),
            ],
            new("lambda", MemberKind.Float),
            .. settings.PicksOnly ? Array.Empty<RowMember>() :
            [
                new("ess", MemberKind.Float),
                new("entropy", MemberKind.Float),
                new("kl_to_uniform", MemberKind.Float),
                new("expected_reward", MemberKind.Float),
            ],
            new("status", MemberKind.Text),
            .. settings.Majority ? Majority : [],
            .. settings.Weights ? Weights : [],
        ];
    }

    private void WriteOne(RowBatch batch, int row, IRowWriter line)
    {
        int index = selection.Index.Span[row];
        line.Name("index"u8).Place(index);
        WriteCandidate(batch, row, index, line.Name("candidate"u8));
        line.Name("reward"u8).Number(selection.Reward.Span[row]);
        if (!_settings.PicksOnly)
        {
            line.Name("log_probability"u8).Number(selection.LogProbability.Span[row]);
            line.Name("margin"u8).Number(selection.Margin.Span[row]);
        }
    }

    private void WriteDiagnostics(int row, IRowWriter line)
    {
        Diagnostics diagnostics = selection.Diagnostics;
        line.Name("ess"u8).Number(diagnostics.EffectiveSampleSize.Span[row]);
        line.Name("entropy"u8).Number(diagnostics.Entropy.Span[row]);
        line.Name("kl_to_uniform"u8).Number(diagnostics.KlToUniform.Span[row]);
        line.Name("expected_reward"u8).Number(diagnostics.ExpectedReward.Span[row]);
    }

    private void WriteArrays(RowBatch batch, int row, IRowWriter line)
    {
        var draws = new Range(row * _settings.Draws, (row + 1) * _settings.Draws);
        ReadOnlySpan<int> indices = selection.Index.Span[draws];
        line.Name("index"u8).Places(indices);
        line.Name("candidate"u8).BeginArray();
        foreach (int index in indices)
        {
            line.Separate();
            WriteCandidate(batch, row, index, line);
        }

        line.EndArray();
        line.Name("reward"u8).Numbers(selection.Reward.Span[draws]);
        if (!_settings.PicksOnly)
        {
            line.Name("log_probability"u8).Numbers(selection.LogProbability.Span[draws]);
            line.Name("margin"u8).Numbers(selection.Margin.Span[draws]);
        }
    }

    private void WriteAnswer(RowBatch batch, int row, IRowWriter line)
    {
        int index = selection.AnswerIndex.Span[row];
        line.Name("answer"u8);
        if (index < 0)
        {
            line.Null();
        }
        else
        {
            line.String(batch.AnswerTexts.Span[(int)batch.Starts.Span[row] + index].In(batch.Text));
        }

        line.Name("answer_share"u8).Number(selection.AnswerShare.Span[row]);
        line.Name("answer_index"u8).Place(index);
    }

    private static void WriteCandidate(RowBatch batch, int row, int index, IRowWriter line)
    {
        TextRange candidate = CandidateAt(batch, row, index);
        if (candidate.IsNone)
        {
            line.Null();
        }
        else
        {
            line.Raw(candidate.In(batch.Text));
        }
    }

    private static TextRange CandidateAt(RowBatch batch, int row, int index) =>
        index < 0 || batch.Candidates.Count == 0
            ? TextRange.None
            : batch.Candidates.Span[(int)batch.Starts.Span[row] + index];

    private float MeanReward(int row)
    {
        double sum = 0;
        int picked = 0;
        for (int i = row * _settings.Draws; i < (row + 1) * _settings.Draws; i++)
        {
            if (selection.Index.Span[i] >= 0)
            {
                sum += selection.Reward.Span[i];
                picked++;
            }
        }

        return (float)(sum / picked);
    }
}
